using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class TargetsTests
{
    [Theory]
    [InlineData(1.0, true)]
    [InlineData(1.1, false)]
    public void AddedFirstToken_IsTheDifferenceToDirectOfTheSameRound_MedianOverRounds(double added, bool reached)
    {
        RunResult At(string contender, int round, double p50) => Run("first-token", contender, round) with { FirstToken = Milliseconds(p50, p50 + 1) };
        var row = Judge("added TTFT p50",
            At("direct", 1, 1), At("mesh", 1, 1 + added),
            At("direct", 2, 100), At("mesh", 2, 100 + added),
            At("direct", 3, 5), At("mesh", 3, 50));

        Assert.Equal(reached, row.Reached);
        Assert.Equal($"{Numbers.Figure(added)} ({Numbers.Figure(added)}–45.0) ms", row.Measured);
    }

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(4_990, false)]
    public void Peak_IsReachedAtFiveTimesPortkey(long complete, bool reached) =>
        Assert.Equal(reached, Judge("peak", Run("peak", "portkey"), Run("peak", "mesh") with { Requests = complete, Complete = complete }).Reached);

    [Theory]
    [InlineData(12, true)]
    [InlineData(14, false)]
    public void AddedTotal_IsReachedAtAThirdOfPortkeys(double mesh, bool reached) =>
        Assert.Equal(reached, Judge("added total", Whole("direct", 10), Whole("portkey", 19), Whole("mesh", mesh)).Reached);

    [Fact]
    public void AddedTotal_WhenPortkeyAddedNothing_IsNotMeasured() =>
        Assert.Null(Judge("added total", Whole("direct", 10), Whole("portkey", 9), Whole("mesh", 9)).Reached);

    [Fact]
    public void CpuPerToken_CountsTheStore_AndSaysWhatItIsWithout()
    {
        var row = Judge("CPU per token",
            Run("streams-500", "nginx") with { Processes = [Program("nginx"), Program("upstream", 50)] },
            Run("streams-500", "mesh") with { Processes = [Program("gateway", 2), Program("registry", 1.5), Program("store"), Program("generator", 50)] });

        Assert.Equal("4.50 × nginx's (one round); without the store 3.50 × (one round)", row.Measured);
        Assert.False(row.Reached);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.49, null)]
    public void CpuPerToken_SetAgainstLessThanFiftyTicksOfNginx_IsNotMeasured(double nginx, bool? reached) => Assert.Equal(reached,
        Judge("CPU per token", Run("streams-500", "nginx") with { Processes = [Program("nginx", nginx)] }, Run("streams-500", "mesh") with { Processes = [Program("gateway", 1)] }).Reached);

    [Theory]
    [InlineData(272, true)]
    [InlineData(273, false)]
    public void Memory_IsThatOfGatewayAndRegistryOnly(double registry, bool reached) =>
        Assert.Equal(reached, Judge("open-5000: gateway", Run("open-5000", "mesh") with { Processes = [Program("gateway", 1, 300), Program("registry", 1, registry), Program("store", 1, 500)] }).Reached);

    [Fact]
    public void Memory_OfTheGatewayAlone_IsNotMeasured() =>
        Assert.Null(Judge("open-5000: gateway", Run("open-5000", "mesh") with { Processes = [Program("gateway")] }).Reached);

    [Theory]
    [InlineData(2_050, true)]
    [InlineData(3_000, false)]
    public void StoreCalls_AreAnAcquireAndARelease(long calls, bool reached) =>
        Assert.Equal(reached, Judge("store calls", Run("whole-200", "mesh") with { StoreCalls = calls }).Reached);

    [Fact]
    public void StoreCalls_OfAContenderThatCountsNone_AreNotMeasured() => Assert.Null(Judge("store calls", Run("whole-200", "mesh")).Reached);

    [Fact]
    public void EveryTarget_WithoutARun_IsNotMeasured() => Assert.All(Targets.Judge(Of()), row => Assert.Null(row.Reached));

    [Fact]
    public void Target_WhoseContenderIsMissing_SaysWhy()
    {
        var comparison = Of(Run("peak", "mesh")) with { Contenders = [new("portkey", "portkey", "", "npm is not there")] };
        Assert.Equal("no run of portkey: npm is not there", Row("peak", comparison).Measured);
    }

    [Fact]
    public void Target_WhoseFiguresHaveNoValues_IsNotReachedByTheirZeros() =>
        Assert.Null(Judge("added TTFT p50", Run("first-token", "direct"), Run("first-token", "mesh")).Reached);

    [Fact]
    public void Target_WhenTheMeshFailedMoreThanOneInAThousand_IsMissed()
    {
        var row = Judge("peak", Run("peak", "portkey") with { Complete = 10 }, Run("peak", "mesh") with { Errors = Kind("cut", 2) });
        Assert.False(row.Reached);
        Assert.EndsWith("; mesh: 2 of 1,000 requests failed", row.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_WhenTheMeshFailedOneInAThousand_IsReachedAndSaysSo()
    {
        var row = Judge("peak", Run("peak", "portkey") with { Complete = 10 }, Run("peak", "mesh") with { Errors = Kind("cut", 1) });
        Assert.True(row.Reached);
        Assert.EndsWith("; mesh: 1 of 1,000 requests failed", row.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_WhenAllRequestsOfTheMeshFailed_IsMissed() =>
        Assert.False(Judge("added TTFT p50", Run("first-token", "direct") with { FirstToken = Milliseconds(1, 2) }, Run("first-token", "mesh") with { Complete = 0, Errors = Kind("cut", 1_000) }).Reached);

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, null)]
    public void Target_WhenMoreThanOneInAHundredFailedThroughTheOther_IsNotMeasured(long failed, bool? reached)
    {
        var row = Judge("peak", Run("peak", "portkey") with { Complete = 10, Errors = Kind("status 502", failed) }, Run("peak", "mesh"));
        Assert.Equal(reached, row.Reached);
        Assert.Contains($"portkey: {failed} of 1,000 requests failed", row.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_WithFewerRoundsThanThereWere_SaysHowMany() => Assert.EndsWith("in 1 of 2 rounds",
        Judge("peak", Run("peak", "portkey"), Run("peak", "mesh"), Run("peak", "mesh", round: 2)).Measured, StringComparison.Ordinal);

    [Theory]
    [InlineData(6, 4.9, true)]
    [InlineData(6, 4.8, false)]
    [InlineData(6, 5.6, null)]
    public void Scale_IsJudgedByTheCpuBeyondThatWithoutRequests(double used, double idle, bool? reached) =>
        Assert.Equal(reached, Judge("scale: CPU per request, beyond CPU without requests,", Scaled(1, 1.5, 0.4), Scaled(10_000, used, idle)).Reached);

    [Fact]
    public void Scale_OfRunsThatWereNotMeteredWithoutRequests_IsNotMeasured() => Assert.Null(Judge("scale: CPU per request, beyond CPU without requests,",
        Scaled(1, 1, 0) with { WithoutRequests = null }, Scaled(10_000, 1, 0) with { WithoutRequests = null }).Reached);

    private static RunResult Scaled(int models, double used, double idle) =>
        Run("scale", "mesh") with { Variant = models, Processes = [Program("gateway", used)], WithoutRequests = new(10, [Program("gateway", idle)], Settled: true) };

    private static RunResult Whole(string contender, double p99) => Run("whole-200", contender) with { Total = Milliseconds(1, p99) };

    private static TargetRow Judge(string part, params RunResult[] runs) => Row(part, Of(runs));

    private static TargetRow Row(string part, Comparison comparison) => Targets.Judge(comparison).First(row => row.Target.Contains(part, StringComparison.Ordinal));
}
