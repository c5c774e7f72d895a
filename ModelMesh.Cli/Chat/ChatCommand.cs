using System.CommandLine;
using ModelMesh.Cli.Answers;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Chat;

/// <summary><c>mesh chat</c>: a conversation at a terminal; with a text, or with its input from elsewhere, one question and its answer.</summary>
internal sealed class ChatCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Argument<string[]> _text = new("text") { Description = "One question; nothing: a conversation, or the standard input where that is no terminal", HelpName = "TEXT", Arity = ArgumentArity.ZeroOrMore };
    private readonly RequestOptions _request = new();

    public ChatCommand(KnownNames names)
        : base(
            "chat",
            "Talks to a model; Ctrl+C stops an answer, /exit or Ctrl+D ends it, /help says the rest",
            "mesh chat chat-bot",
            "mesh chat chat-bot@v2 --system \"Answer in one sentence.\"",
            "mesh chat chat-bot \"What is a mesh?\"",
            "cat notes.txt | mesh chat chat-bot --json")
    {
        _model = With(CommonOptions.Model(names, "A model, an alias, NAME@VERSION or NAME:ADAPTER"));
        With(_text);
        foreach (var option in _request.All)
        {
            Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var model = context.Get(_model);
        var system = _request.System(context);
        if (await Prompt.ReadAsync(context, context.Arguments.GetValue(_text) ?? [], cancellationToken) is not { } text)
        {
            return context.Json || context.Terminal.IsOutputRedirected
                ? throw CommandFailure.Usage("A conversation needs a terminal: give one question as an argument or on the standard input.")
                : await new ChatLoop(context, _request, new Conversation(model, system)).RunAsync(cancellationToken);
        }

        var body = _request.Body(context, model, system, [("user", text)]);
        return context.Json
            ? await OneAnswer.LinesAsync(context, body, cancellationToken)
            : await OneAnswer.StreamAsync(context, body, stats: true, cancellationToken);
    }
}
