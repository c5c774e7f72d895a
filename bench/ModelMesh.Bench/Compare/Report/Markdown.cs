using System.Text;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>Text and tables that no content can break.</summary>
internal static class Markdown
{
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" ").Trim())
        {
            if (@"\`*_[]<>|~&#$".Contains(character, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>A block of code, with a fence that is longer than any run of backticks in it.</summary>
    public static string Code(string code)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
        {
            fence += '`';
        }

        return $"{fence}\n{code}\n{fence}\n";
    }

    /// <summary>Cells are Markdown already; the first column stands left, the rest right when <paramref name="figures"/> is set.</summary>
    public static string Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, bool figures)
    {
        var table = new StringBuilder().Append(Line(header)).Append('|');
        for (var column = 0; column < header.Count; column++)
        {
            table.Append(figures && column > 0 ? "--:|" : "---|");
        }

        table.Append('\n');
        foreach (var row in rows)
        {
            table.Append(Line(row));
        }

        return table.ToString();
    }

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
