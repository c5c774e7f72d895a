using ModelMesh.Cli.Answers;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Terminals;
using Spectre.Console;

namespace ModelMesh.Cli.Chat;

/// <summary>The conversation at a terminal. Ctrl+C stops the answer that runs, what came of it stays part of the conversation; a failed one leaves it as it was.</summary>
internal sealed class ChatLoop(CommandContext context, RequestOptions request, Conversation conversation)
{
    private readonly LineEditor _editor = new(context.Terminal);
    private readonly ChatWords _words = new(conversation);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Faint($"{conversation.Model} · /help says what else there is\n");
        while (await _editor.ReadAsync("> ", cancellationToken) is { } line)
        {
            var text = line.Trim();
            if (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal))
            {
                var (reply, leaves) = _words.Take(text);
                if (leaves)
                {
                    return ExitCodes.Ok;
                }

                Faint($"{reply}\n");
            }
            else if (text.Length > 0)
            {
                await AskAsync(text.StartsWith('/') ? text[1..] : text, cancellationToken);
            }
        }

        return ExitCodes.Ok;
    }

    private async Task AskAsync(string text, CancellationToken cancellationToken)
    {
        conversation.Ask(text);
        var answer = "";
        var printer = new AnswerPrinter(context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using (context.Terminal.OnInterrupt(stop.Cancel))
        {
            try
            {
                var body = request.Body(context, conversation.Model, conversation.System, conversation.Messages);
                var summary = await AnswerReader.ReadAsync(context.Gateway, body, printer.Print, context.Time, stop.Token);
                cancellationToken.ThrowIfCancellationRequested();
                answer = summary.Text;
                printer.End();
                Faint($"{summary}\n\n");
            }
            catch (CommandFailure failure)
            {
                printer.End();
                context.Console.Write(new Text($"{SafeText.Line(failure.Message)}\n", new Style(Color.Red)));
                foreach (var detail in failure.Details)
                {
                    context.Console.Write(new Text($"  {SafeText.Line(detail)}\n", new Style(Color.Red)));
                }
            }
        }

        conversation.Answer(answer);
    }

    private void Faint(string text) => context.Console.Write(new Text(SafeText.Clean(text), new Style(decoration: Decoration.Dim)));
}
