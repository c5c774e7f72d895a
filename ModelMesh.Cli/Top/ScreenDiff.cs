using System.Globalization;
using System.Text;

namespace ModelMesh.Cli.Top;

/// <summary>What to write so that one screen becomes another: only lines that differ. Pure.</summary>
internal static class ScreenDiff
{
    private const string ClearToEndOfLine = "\u001b[K";

    /// <param name="before">The lines that are shown; null: nothing is known of the screen, and all of it is written.</param>
    /// <param name="after">The lines that are wanted, with their colours.</param>
    public static string Between(IReadOnlyList<string>? before, IReadOnlyList<string> after)
    {
        var changes = new StringBuilder();
        if (before is null)
        {
            changes.Append("\u001b[2J");
        }

        for (var line = 0; line < Math.Max(before?.Count ?? 0, after.Count); line++)
        {
            var old = before is not null && line < before.Count ? before[line] : "";
            var wanted = line < after.Count ? after[line] : "";
            if (old != wanted)
            {
                changes.Append(CultureInfo.InvariantCulture, $"\u001b[{line + 1};1H{wanted}{ClearToEndOfLine}");
            }
        }

        return changes.ToString();
    }
}
