namespace ModelMesh.Cli.Top;

/// <summary>By what models are ordered.</summary>
internal enum TopOrder
{
    Active,
    Name,
    Speed,
    FirstToken,
}

/// <summary>What the user sees of it: the order, and how far the models are scrolled. Pure.</summary>
/// <param name="Offset">How many models are above the first that is shown.</param>
/// <param name="Quits">Whether the user wants to leave.</param>
internal sealed record TopState(TopOrder Order, int Offset, bool Quits)
{
    private const int Page = 10;

    private static readonly int Orders = Enum.GetValues<TopOrder>().Length;

    public static TopState Start { get; } = new(TopOrder.Active, 0, Quits: false);

    /// <param name="models">How many there are.</param>
    public TopState Take(ConsoleKeyInfo key, int models) => key.Key switch
    {
        ConsoleKey.Q or ConsoleKey.Escape => this with { Quits = true },
        ConsoleKey.DownArrow => Scroll(1, models),
        ConsoleKey.UpArrow => Scroll(-1, models),
        ConsoleKey.PageDown or ConsoleKey.Spacebar => Scroll(Page, models),
        ConsoleKey.PageUp => Scroll(-Page, models),
        ConsoleKey.Home => this with { Offset = 0 },
        ConsoleKey.RightArrow => this with { Order = (TopOrder)(((int)Order + 1) % Orders), Offset = 0 },
        ConsoleKey.LeftArrow => this with { Order = (TopOrder)(((int)Order + Orders - 1) % Orders), Offset = 0 },
        _ => this,
    };

    private TopState Scroll(int by, int models) => this with { Offset = Math.Clamp(Offset + by, 0, Math.Max(0, models - 1)) };
}
