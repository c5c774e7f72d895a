using ModelMesh.Cli.Top;

namespace ModelMesh.Cli.Tests.Top;

public sealed class TopStateTests
{
    [Theory]
    [InlineData(ConsoleKey.DownArrow, 5, "Active", 1)]
    [InlineData(ConsoleKey.UpArrow, 5, "Active", 0)]
    [InlineData(ConsoleKey.PageDown, 5, "Active", 4)]
    [InlineData(ConsoleKey.DownArrow, 0, "Active", 0)]
    [InlineData(ConsoleKey.RightArrow, 5, "Name", 0)]
    [InlineData(ConsoleKey.LeftArrow, 5, "FirstToken", 0)]
    [InlineData(ConsoleKey.X, 5, "Active", 0)]
    public void Key_ScrollsWithinTheModelsOrChangesTheirOrder(ConsoleKey key, int models, string order, int offset) =>
        Assert.Equal(new TopState(Enum.Parse<TopOrder>(order), offset, Quits: false), TopState.Start.Take(Key(key), models));

    [Theory]
    [InlineData(ConsoleKey.Q)]
    [InlineData(ConsoleKey.Escape)]
    public void Key_ToLeave_Leaves(ConsoleKey key) => Assert.True(TopState.Start.Take(Key(key), 1).Quits);

    private static ConsoleKeyInfo Key(ConsoleKey key) => new('\0', key, false, false, false);
}
