using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class GapTargetTests
{
    [Theory]
    [InlineData(42, true)]
    [InlineData(43, false)]
    public void Longest_OfAllGaps_IsSetAgainstDirectsP99(double max, bool reached) => Assert.Equal(reached, Longest([21], [max]).Reached);

    [Fact]
    public void Longest_BeyondItInOneRoundOfThree_IsMissed() => Assert.False(Longest([21, 21, 21], [30, 43, 30]).Reached);

    [Fact]
    public void Longest_IsSetAgainstDirectOfTheSameRound() => Assert.True(Longest([21, 50], [42, 100]).Reached);

    [Theory]
    [InlineData(6, true)]
    [InlineData(6.1, false)]
    public void Lateness_IsSetAgainstDirects_HoweverLongTheGapsAre(double p99, bool reached) => Assert.Equal(reached, Late([3], [p99]).Reached);

    [Fact]
    public void Lateness_BeyondItInOneRoundOfThree_IsMissed() => Assert.False(Late([3, 3, 3], [4, 9, 4]).Reached);

    [Fact]
    public void Lateness_TellsWhatItIsAndTheLargestOfBoth() =>
        Assert.Equal("2.00 × direct's (one round): late by 6.00 ms (one round), at most 6.00 ms (one round); directly by 3.00 ms (one round), at most 3.00 ms (one round)", Late([3], [6]).Measured);

    [Fact]
    public void Lateness_OfStreamsWithoutAPlanForTheirGaps_IsNotMeasured() => Assert.Null(GapTarget.Late(Of(Run("s", "direct"), Run("s", "mesh")), "s").Reached);

    private static TargetRow Longest(double[] direct, double[] mesh) => GapTarget.Longest(
        Of([.. Runs("direct", direct, p99 => Run("s", "direct") with { Gap = Milliseconds(20, p99) }), .. Runs("mesh", mesh, max => Run("s", "mesh") with { Gap = Milliseconds(20, 21) with { Max = max } })]), "s");

    private static TargetRow Late(double[] direct, double[] mesh) => GapTarget.Late(
        Of([.. Runs("direct", direct, Lateness), .. Runs("mesh", mesh, Lateness)]), "s");

    private static RunResult Lateness(double p99) => Run("s", "") with { Gap = Milliseconds(1_000, 1_000 + p99), Late = Milliseconds(0.1, p99) };

    private static IEnumerable<RunResult> Runs(string contender, double[] figures, Func<double, RunResult> run) =>
        figures.Select((figure, index) => run(figure) with { Contender = contender, Round = index + 1 });
}
