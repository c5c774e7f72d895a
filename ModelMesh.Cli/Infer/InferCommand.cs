using System.CommandLine;
using ModelMesh.Cli.Answers;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Infer;

/// <summary><c>mesh infer</c>: one request, its answer on standard output.</summary>
internal sealed class InferCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Argument<string[]> _text = new("text") { Description = "What to send; nothing or -: the standard input", HelpName = "TEXT", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _stats = new("--stats") { Description = "Say on standard error how fast it was, and who answered" };
    private readonly Option<bool> _stream = new("--stream") { Description = "With --json: the events of the stream, a line each, instead of the whole answer" };
    private readonly RequestOptions _request = new();

    public InferCommand(KnownNames names)
        : base(
            "infer",
            "Sends one text to a model and streams the answer",
            "mesh infer chat-bot \"hello world\"",
            "git diff | mesh infer chat-bot --system \"Write a commit message.\" --stats",
            "mesh infer chat-bot@v1 \"hello\" --json | jq -r .text",
            "mesh infer \"\" \"whoever routing chooses\"")
    {
        _model = With(CommonOptions.Model(names, "A model, an alias, NAME@VERSION or NAME:ADAPTER; \"\": routing decides"));
        With(_text);
        With(_stats);
        With(_stream);
        foreach (var option in _request.All)
        {
            Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var text = await Prompt.ReadAsync(context, context.Arguments.GetValue(_text) ?? [], cancellationToken) ?? throw CommandFailure.Usage("There is no text: give it as an argument or on the standard input.");
        var body = _request.Body(context, context.Get(_model), _request.System(context), [("user", text)]);
        if (!context.Json)
        {
            return await OneAnswer.StreamAsync(context, body, context.Get(_stats), cancellationToken);
        }

        if (context.Get(_stream))
        {
            return await OneAnswer.LinesAsync(context, body, cancellationToken);
        }

        context.PrintJson(await context.Gateway.WholeAnswerAsync(body, cancellationToken));
        return ExitCodes.Ok;
    }
}
