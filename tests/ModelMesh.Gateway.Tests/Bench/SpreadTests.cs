using ModelMesh.Bench.Compare.Report;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class SpreadTests
{
    [Fact]
    public void Spread_OfThreeRounds_IsTheMiddleOneBetweenTheLowestAndTheHighest() =>
        Assert.Equal("1.31 (1.28–1.40)", Spread.Of([1.40, 1.28, 1.31])!.Told(Numbers.Ratio));

    [Fact]
    public void Spread_OfTwoRounds_IsTheMeanOfBoth() => Assert.Equal(new Spread(2, 1, 3, 2), Spread.Of([3, 1]));

    [Fact]
    public void Spread_OfOneRound_SaysThatItIsOne() => Assert.Equal("1.50 (one round)", Spread.Of([1.5])!.Told(Numbers.Ratio));

    [Fact]
    public void Spread_OfRoundsWithoutAFigure_LeavesThemOut() => Assert.Equal(new Spread(2, 2, 2, 1), Spread.Of([null, 2, double.NaN, double.PositiveInfinity]));

    [Fact]
    public void Spread_OfNoFigures_IsNone() => Assert.Null(Spread.Of([null]));
}
