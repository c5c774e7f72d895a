using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Answers;

/// <summary>Sends one request and prints its answer as it comes.</summary>
internal static class OneAnswer
{
    /// <param name="stats">Whether to say beside it how fast it was.</param>
    public static async Task<int> StreamAsync(CommandContext context, string body, bool stats, CancellationToken cancellationToken)
    {
        var printer = new AnswerPrinter(context);
        try
        {
            var summary = await AnswerReader.ReadAsync(context.Gateway, body, printer.Print, context.Time, cancellationToken);
            printer.End();
            cancellationToken.ThrowIfCancellationRequested();
            if (stats)
            {
                context.Note(summary.ToString());
            }
        }
        catch (CommandFailure)
        {
            printer.End();
            throw;
        }

        return ExitCodes.Ok;
    }

    /// <summary>The events of the stream as lines of JSON.</summary>
    public static async Task<int> LinesAsync(CommandContext context, string body, CancellationToken cancellationToken)
    {
        using var stream = await context.Gateway.InferAsync(body, cancellationToken);
        await foreach (var next in stream.EventsAsync(cancellationToken))
        {
            if (next.Kind is "error")
            {
                throw Http.ApiErrors.OfEvent(next.Data);
            }

            context.PrintJson(next.Data);
            if (next.Kind is "done")
            {
                return ExitCodes.Ok;
            }
        }

        throw Http.AnswerStream.Cut();
    }
}
