using ModelMesh.Cli.Terminals;
using Spectre.Console;

namespace ModelMesh.Cli.Tables;

/// <summary>A table without lines, as fits both eyes and <c>grep</c>: one row a thing, and a column no wider than what is in it.</summary>
internal sealed class Listing
{
    private readonly Table _table = new() { Border = TableBorder.None, UseSafeBorder = false };

    /// <param name="headers">The columns; those of numbers, which are never cut, end with <c>#</c>.</param>
    public Listing(params string[] headers)
    {
        foreach (var header in headers)
        {
            var isNumber = header.EndsWith('#');
            _table.AddColumn(new TableColumn(new Text(header.TrimEnd('#').ToUpperInvariant(), new Style(decoration: Decoration.Bold)))
            {
                Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = isNumber, Padding = new Padding(0, 0, 2, 0),
            });
        }
    }

    public int Rows => _table.Rows.Count;

    public Table Table => _table;

    public void Add(params Cell[] cells) => _table.AddRow(cells.Select(cell => new Text(SafeText.Line(cell.Text), cell.Style) { Overflow = Overflow.Ellipsis }));

    /// <summary>Writes it, or a sentence where there is nothing in it.</summary>
    public void Write(IAnsiConsole console, string empty)
    {
        if (Rows == 0)
        {
            console.WriteLine(empty);
            return;
        }

        console.Write(_table);
    }
}
