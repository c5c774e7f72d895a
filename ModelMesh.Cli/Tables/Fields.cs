using ModelMesh.Cli.Terminals;
using Spectre.Console;

namespace ModelMesh.Cli.Tables;

/// <summary>One thing with its fields below one another; those without a value are left out.</summary>
internal sealed class Fields
{
    private readonly Grid _grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();

    public void Add(string name, Cell value)
    {
        if (value.Text.Length > 0)
        {
            _grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(SafeText.Clean(value.Text), value.Style));
        }
    }

    public void Write(IAnsiConsole console) => console.Write(_grid);
}
