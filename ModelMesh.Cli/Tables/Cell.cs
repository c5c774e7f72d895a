using Spectre.Console;

namespace ModelMesh.Cli.Tables;

/// <summary>A piece of text with a colour. Plain text becomes one by itself, so nothing that a service sent is ever taken for markup.</summary>
internal readonly record struct Cell(string Text, Color? Color = null, bool Dim = false)
{
    public static implicit operator Cell(string? text) => new(text ?? "");

    public static implicit operator Cell(int number) => new($"{number}");

    public static implicit operator Cell(long number) => new($"{number}");

    public Style Style => new(Color, decoration: Dim ? Decoration.Dim : Decoration.None);

    /// <summary>A state of anything in the mesh, in the colour of how good that is.</summary>
    public static Cell State(string state) => new(state, state switch
    {
        "ready" or "healthy" or "completed" or "closed" or "streaming" => Spectre.Console.Color.Green,
        "failed" or "unhealthy" or "rolled_back" or "removed" or "open" => Spectre.Console.Color.Red,
        "unknown" => null,
        _ => Spectre.Console.Color.Yellow,
    });
}
