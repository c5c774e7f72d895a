using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Answers;

/// <summary>The text that a command sends: its arguments, else the standard input where that is no terminal.</summary>
internal static class Prompt
{
    /// <returns>Null where there is none.</returns>
    public static async Task<string?> ReadAsync(CommandContext context, string[] words, CancellationToken cancellationToken)
    {
        if (words is not ([] or ["-"]))
        {
            return string.Join(' ', words);
        }

        if (!context.Terminal.IsInputRedirected && words is [])
        {
            return null;
        }

        var text = (await context.Terminal.In.ReadToEndAsync(cancellationToken)).TrimEnd('\r', '\n');
        return text.Length > 0 ? text : throw CommandFailure.Usage("The standard input is empty.");
    }
}
