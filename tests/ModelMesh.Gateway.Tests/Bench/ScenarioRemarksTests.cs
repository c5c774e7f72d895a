using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class ScenarioRemarksTests
{
    [Fact]
    public void Scenario_WithNothingToKnow_HasNoRemarks() =>
        Assert.Equal("", Of(Run("s", "nginx") with { Processes = [Program("nginx", 1)] }, Run("s", "mesh") with { Processes = [Program("gateway")] }));

    [Fact]
    public void Updates_AreToldRunByRun() => Assert.Equal(
        "Revisions that the model got while it was asked, run by run: 5, 6.\n\n",
        Of(Run("s", "mesh"), Run("s", "mesh") with { Variant = 1, Updates = 5 }, Run("s", "mesh", round: 2) with { Variant = 1, Updates = 6 }));

    [Fact]
    public void FailedAnswers_AreToldOnceForEachContender() => Assert.StartsWith(
        "**Not every answer was complete** (mesh: 10 of 1,000 requests failed).", Of(Run("s", "direct"), Run("s", "mesh") with { Errors = Kind("cut", 10) }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.49, true)]
    [InlineData(0.5, false)]
    public void Nginx_WithLessThanFiftyTicks_IsNamedAsNoBaseOfRatios(double seconds, bool named) => Assert.Equal(
        named, Of(Run("s", "nginx") with { Processes = [Program("nginx", seconds)] }, Run("s", "mesh") with { Processes = [Program("gateway")] }).StartsWith("There is no CPU ratio to a run in which nginx used less than 0.5 s", StringComparison.Ordinal));

    [Fact]
    public void CpuWithoutRequests_IsExplained() =>
        Assert.StartsWith("CPU without requests is what all programs of a row used", Of(Metered(settled: true)), StringComparison.Ordinal);

    [Fact]
    public void CpuWithoutRequests_ThatWasSettled_IsNotDoubted() => Assert.DoesNotContain("did not come below", Of(Metered(settled: true)), StringComparison.Ordinal);

    [Fact]
    public void CpuWithoutRequests_ThatDidNotSettle_IsDoubtedByName() => Assert.Contains(
        "**CPU without requests did not come below 15 % of a core within 150 s** of warm-up (mesh: 1 of 2 runs).", Of(Metered(settled: false), Metered(settled: true) with { Round = 2 }), StringComparison.Ordinal);

    [Fact]
    public void ProcessorTime_ThatTheHostTook_IsToldWhereItIsMoreThanALittle()
    {
        Assert.StartsWith("**The host gave 2.00 % (1.00–12.0 %) of", Of(Stolen(1), Stolen(12), Stolen(2)), StringComparison.Ordinal);
        Assert.DoesNotContain("The host gave", Of(Stolen(2.9), Stolen(null)), StringComparison.Ordinal);
    }

    private static RunResult Stolen(double? percent) => Run("s", "mesh") with { StolenPercent = percent };

    private static RunResult Metered(bool settled) => Run("s", "mesh") with { Processes = [Program("gateway")], WithoutRequests = new(10, [Program("gateway", 0.1)], settled) };

    private static string Of(params RunResult[] runs) => ScenarioRemarks.Of(new ScenarioTable(Scenario("s"), runs));
}
