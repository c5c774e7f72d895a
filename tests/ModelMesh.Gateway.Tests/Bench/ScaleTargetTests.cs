using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class ScaleTargetTests
{
    [Fact]
    public void Ratio_UpToFivePercentAbove_CostsNothingMeasurable() => Assert.True(Judge(one: [100, 100, 100], many: [104, 105, 110]));

    [Fact]
    public void Ratio_AboveIt_AndAboveEveryRunWithOneModel_IsMissed() => Assert.False(Judge(one: [100, 101, 102], many: [103, 110, 111]));

    [Fact]
    public void Ratio_AboveIt_ButWithinWhatOneModelVaries_IsNeitherReachedNorMissed()
    {
        var row = Row(one: [100, 100, 120], many: [110, 110, 110]);
        Assert.Null(row.Reached);
        Assert.Contains("which cannot be told from chance", row.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_WhenAnswersFailed_DoesNotHideThatTheTargetIsMissed() => Assert.False(ScaleTarget.Judge(
        Of([.. Runs(1, [100, 100, 120]), .. Runs(10_000, [110, 110, 110]).Select(run => run with { Errors = Kind("cut", 100) })]), "total p50", run => run.Total.P50).Reached);

    [Fact]
    public void Ratio_AboveItInEveryRound_IsMissedHoweverFarOneModelVaries() => Assert.False(Judge(one: [100, 90, 160], many: [110, 110, 200]));

    [Fact]
    public void Ratio_OfTwoRounds_IsNotExcusedByTheirSpread() => Assert.False(Judge(one: [100, 120], many: [115, 115]));

    [Fact]
    public void Verdict_SaysHowFarRunsWithOneModelSpread() =>
        Assert.EndsWith("runs with 1 model spread from 0.90 to 1.20 of their median", Row([90, 100, 120], [100, 100, 100]).Measured, StringComparison.Ordinal);

    private static bool Judge(double[] one, double[] many) => Row(one, many).Reached!.Value;

    private static TargetRow Row(double[] one, double[] many) =>
        ScaleTarget.Judge(Of([.. Runs(1, one), .. Runs(10_000, many)]), "total p50", run => run.Total.P50);

    private static IEnumerable<RunResult> Runs(int models, double[] milliseconds) =>
        milliseconds.Select((value, index) => Run("scale", "mesh", index + 1) with { Variant = models, Total = Milliseconds(value, value) });
}
