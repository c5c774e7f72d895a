using ModelMesh.Cli.Top;

namespace ModelMesh.Cli.Tests.Top;

public sealed class ScreenDiffTests
{
    [Fact]
    public void Diff_OfAScreenThatIsNotKnown_WritesAllOfIt() => Assert.Equal("\u001b[2J\u001b[1;1Ha\u001b[K\u001b[2;1Hb\u001b[K", ScreenDiff.Between(null, ["a", "b"]));

    [Fact]
    public void Diff_OfTheSameScreen_WritesNothing() => Assert.Empty(ScreenDiff.Between(["a", "b"], ["a", "b"]));

    [Fact]
    public void Diff_OfOneLine_WritesThatLineAlone() => Assert.Equal("\u001b[2;1HB\u001b[K", ScreenDiff.Between(["a", "b", "c"], ["a", "B", "c"]));

    [Fact]
    public void Diff_ToAShorterScreen_EmptiesTheLinesThatAreGone() => Assert.Equal("\u001b[2;1H\u001b[K", ScreenDiff.Between(["a", "b"], ["a"]));
}
