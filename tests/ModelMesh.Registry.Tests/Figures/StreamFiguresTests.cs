using ModelMesh.Registry.Figures;
using Xunit;

namespace ModelMesh.Registry.Tests.Figures;

public sealed class StreamFiguresTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Of_ACompletedStream_CountsTheTokensAfterTheFirst() =>
        Assert.Equal(new StreamFigures(1, First, 20, Second), StreamFigures.Of(First, Second, tokens: 21, completed: true));

    [Fact]
    public void Of_AStreamWithoutAFirstToken_SaysNothing() =>
        Assert.Equal(default, StreamFigures.Of(null, Second, tokens: 0, completed: false));

    [Theory]
    [InlineData(21, false)]
    [InlineData(1, true)]
    [InlineData(0, true)]
    public void Of_AStreamThatWasCutOrIsOneToken_SaysHowLongTheFirstTookButNoSpeed(long tokens, bool completed) =>
        Assert.Equal(new StreamFigures(1, First, 0, TimeSpan.Zero), StreamFigures.Of(First, Second, tokens, completed));

    [Fact]
    public void Of_AStreamThatTookNoTime_SaysNoSpeed() =>
        Assert.Equal(new StreamFigures(1, First, 0, TimeSpan.Zero), StreamFigures.Of(First, TimeSpan.Zero, tokens: 5, completed: true));
}
