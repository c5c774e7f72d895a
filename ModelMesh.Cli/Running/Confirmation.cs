namespace ModelMesh.Cli.Running;

/// <summary>Asks before what cannot be taken back.</summary>
internal static class Confirmation
{
    /// <summary>Returns when the user agreed, here or by <c>--yes</c>.</summary>
    /// <exception cref="CommandFailure">The user said no, or nobody can be asked.</exception>
    public static async Task AskAsync(CommandContext context, bool yes, string question, CancellationToken cancellationToken)
    {
        if (yes)
        {
            return;
        }

        if (context.Terminal.IsInputRedirected || context.Json)
        {
            throw CommandFailure.Usage($"{question} Nobody can be asked here: say --yes.");
        }

        await context.Terminal.Error.WriteAsync($"{question} [y/N] ");
        var answer = await context.Terminal.In.ReadLineAsync(cancellationToken);
        if (answer?.Trim() is not ("y" or "Y" or "yes" or "Yes"))
        {
            throw CommandFailure.Cancelled("Nothing was changed.");
        }
    }
}
