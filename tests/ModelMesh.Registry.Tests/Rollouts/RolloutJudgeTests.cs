using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

public sealed class RolloutJudgeTests
{
    [Theory]

    // 5. Not begun.
    [InlineData("canary", -1, 1, "Ready", "Enter 0 Step 1 of 3: 10 % of the traffic goes to 'v2'.")]
    [InlineData("canary", -1, 1, "Waiting", "Stay Waits until 'v2' is ready: so it says.")]
    [InlineData("blue_green", -1, 1, "Failed", "Stay Waits until 'v2' is ready: so it says.")]
    [InlineData("blue_green", -1, 10, "Failed", "Fail 'v2' was not ready within 10 s: so it says. Nothing was moved.")]
    [InlineData("blue_green", -1, 1, "Ready", "Enter 0 Step 1 of 1: 100 % of the traffic goes to 'v2'.")]

    // 2. Gone or failed.
    [InlineData("canary", -1, 1, "Gone", "Fail 'v2' cannot serve: so it says. Nothing was moved.")]
    [InlineData("canary", 1, 1, "Gone", "RollBack Rolled back: 'v2' cannot serve: so it says.")]
    [InlineData("rolling", 1, 1, "Failed", "RollBack Rolled back: 'v2' cannot serve: so it says.")]
    [InlineData("canary", 1, 1, "Waiting", "Stay as before")]

    // 7. to 10. Nobody asked anything of it.
    [InlineData("canary", 0, 9.9, "Ready", "Stay as before")]
    [InlineData("canary", 0, 10, "Ready", "Stay Step 1 of 3: 10 % of the traffic goes to 'v2'. Waits for more requests: it takes 20 to judge it.")]
    [InlineData("canary", 0, 60, "Ready", "RollBack Rolled back: 0 requests reached 'v2' in step 1 of 3 within 60 s, and it takes 20 to judge it.")]
    [InlineData("rolling", 0, 9.9, "Ready", "Stay as before")]
    [InlineData("rolling", 0, 10, "Ready", "Enter 1 Step 2 of 3: 50 % of the traffic goes to 'v2'.")]
    [InlineData("rolling", 2, 10, "Ready", "Complete All traffic goes to 'v2'; 'v1' stays registered with weight 0.")]
    [InlineData("blue_green", 0, 10, "Ready", "Drain All traffic goes to 'v2'; waits for the requests that 'v1' still has.")]
    public void Judge_WithoutTraffic_GoesByTimeAndReadiness(string strategy, int step, double seconds, string target, string expected) => Assert.Equal(
        expected, Shown(RolloutJudge.Judge(Sample.Rollout(strategy, step), Sample.Evidence(seconds, target: Enum.Parse<TargetState>(target)))));

    [Theory]
    [InlineData("Waiting", 9.9, "Stay Waits until 'v2' is ready: so it says.")]
    [InlineData("Waiting", 10, "Fail 'v2' was not ready within 10 s: so it says. Nothing was moved.")]
    [InlineData("Failed", 1, "Fail 'v2' was not ready within 1 s: so it says. Nothing was moved.")]
    public void Judge_ReplicaLagsInAShortStep_IsWaitedForTenSeconds(string target, double seconds, string expected) => Assert.Equal(
        expected, Shown(RolloutJudge.Judge(Sample.Rollout(step: -1) with { StepDurationMs = 1_000 }, Sample.Evidence(seconds, target: Enum.Parse<TargetState>(target)))));

    [Theory]

    // Fewer than it takes: too much only where it would be with nothing but good ones to come. Breakers may have opened, and none comes.
    [InlineData(1, 5, 5, 0, 0, "RollBack")]
    [InlineData(1, 4, 4, 0, 0, "Stay")]
    [InlineData(10, 3, 3, 0, 0, "RollBack")]
    [InlineData(10, 2, 2, 0, 0, "Stay")]

    // Enough, and more than chance: at once, long before the step's end.
    [InlineData(1, 20, 5, 0, 0, "RollBack")]

    // As much as chance may do: not before the step's end.
    [InlineData(1, 20, 3, 0, 0, "Stay")]
    [InlineData(10, 20, 3, 0, 0, "RollBack")]
    [InlineData(10, 20, 2, 0, 0, "Enter")]

    // The old version fails as often or more: it is not the target.
    [InlineData(1, 20, 5, 100, 25, "Stay")]
    [InlineData(1, 20, 5, 100, 24, "RollBack")]
    public void Judge_Errors_CountWhereGoodOnesCannotMakeUpForThemAndTheOldVersionHasFewer(double seconds, long requests, long failures, long fromRequests, long fromFailures, string expected) =>
        Assert.Equal(
            expected, RolloutJudge.Judge(Sample.Rollout(), Sample.Evidence(seconds, Sample.Side(requests, failures), Sample.Side(fromRequests, fromFailures))).GetType().Name);

    [Theory]
    [InlineData("rolling", 1, 5, "Stay")]
    [InlineData("rolling", 10, 5, "RollBack")]
    [InlineData("rolling", 10, 2, "Enter")]
    [InlineData("blue_green", 10, 5, "RollBack")]
    [InlineData("canary", 10, 5, "Stay")]
    public void Judge_StepThatDoesNotWaitForRequests_DoesNotGoOnPastFewThatFailed(string strategy, double seconds, long failures, string expected) => Assert.Equal(
        expected, RolloutJudge.Judge(Sample.Rollout(strategy) with { MinRequests = 1_000 }, Sample.Evidence(seconds, Sample.Side(failures, failures))).GetType().Name);

    [Theory]
    [InlineData(1, 2, 2, "Stay")]
    [InlineData(1, 3, 3, "RollBack")]
    [InlineData(1, 20, 2, "Stay")]
    [InlineData(1, 20, 4, "RollBack")]
    [InlineData(10, 20, 1, "Enter")]
    [InlineData(10, 20, 2, "RollBack")]
    [InlineData(10, 100, 5, "Enter")]
    [InlineData(10, 100, 6, "RollBack")]
    public void Judge_FirstTokens_MayBeLateInOneOfTwenty(double seconds, long requests, long slow, string expected) =>
        Assert.Equal(expected, RolloutJudge.Judge(Sample.Rollout(), Sample.Evidence(seconds, Sample.Side(requests, slow: slow))).GetType().Name);

    [Fact]
    public void Judge_LateFirstTokensWithoutALimit_Stays() =>
        Assert.IsType<RolloutVerdict.Stay>(RolloutJudge.Judge(Sample.Rollout() with { MaxTtftP95Ms = null }, Sample.Evidence(to: Sample.Side(100, slow: 100))));

    [Theory]

    // A thousand good answers before do not carry twenty bad ones; two of twenty may be chance.
    [InlineData(20, "RollBack")]
    [InlineData(10, "RollBack")]
    [InlineData(4, "Stay")]
    [InlineData(2, "Stay")]
    public void Judge_TheLatestRequestsFailBeyondChance_RollsBackWhateverCameBefore(long failures, string expected)
    {
        var step = new StepTally(SideTally.None, Sample.Side(1_020, failures));
        var recent = new StepTally(SideTally.None, Sample.Side(20, failures));

        Assert.Equal(expected, RolloutJudge.Judge(Sample.Rollout(), Sample.Evidence(to: step.To, recent: recent)).GetType().Name);
    }

    [Fact]
    public void Judge_BadTarget_SaysHowManyFailedAndHowManyMay() => Assert.Equal(
        "RollBack Rolled back: 12 of 40 requests to 'v2' failed in step 2 of 3, and at most 10 % may.",
        Shown(RolloutJudge.Judge(Sample.Rollout(step: 1), Sample.Evidence(to: Sample.Side(40, 12)))));

    [Fact]
    public void Judge_Paused_NeitherGoesOnNorLetsABadTargetBe()
    {
        var paused = Sample.Rollout("rolling", status: RolloutStatuses.Paused);

        Assert.IsType<RolloutVerdict.Stay>(RolloutJudge.Judge(paused, Sample.Evidence(seconds: 1_000)));
        Assert.IsType<RolloutVerdict.RollBack>(RolloutJudge.Judge(paused, Sample.Evidence(to: Sample.Side(20, 20))));
        Assert.IsType<RolloutVerdict.RollBack>(RolloutJudge.Judge(paused, Sample.Evidence(target: TargetState.Gone)));
    }

    [Theory]
    [InlineData(1, 2, "Stay as before")]
    [InlineData(1, 0, "Complete All traffic goes to 'v2'; 'v1' is idle and stays registered with weight 0.")]
    [InlineData(30, 1, "Complete All traffic goes to 'v2'; 'v1' still had 1 request after 30 s, which run to their end, and stays registered with weight 0.")]
    public void Judge_BlueGreenDrains_UntilIdleOrTheTimeout(double seconds, int active, string expected) => Assert.Equal(
        expected, Shown(RolloutJudge.Judge(Sample.Rollout("blue_green") with { StepStart = Sample.Begun.AddMinutes(-5), DrainStart = Sample.Begun }, Sample.Evidence(seconds, active: active))));

    [Fact]
    public void Judge_BadTargetWhileTheOldVersionDrains_IsRolledBack() => Assert.IsType<RolloutVerdict.RollBack>(
        RolloutJudge.Judge(Sample.Rollout("blue_green") with { DrainStart = Sample.Begun }, Sample.Evidence(to: Sample.Side(100, 50), active: 1)));

    [Fact]
    public void Judge_TheOldVersionIsGone_FailsAndLeavesTheTargetItsTraffic() => Assert.Equal(
        "Fail 'v1' is not registered any more; 'v2' keeps the weight that it has.", Shown(RolloutJudge.Judge(Sample.Rollout(), Sample.Evidence(hasSource: false))));

    private static string Shown(RolloutVerdict verdict) =>
        verdict is RolloutVerdict.Enter enter ? $"Enter {enter.Step} {verdict.Message}" : $"{verdict.GetType().Name} {verdict.Message}";
}
