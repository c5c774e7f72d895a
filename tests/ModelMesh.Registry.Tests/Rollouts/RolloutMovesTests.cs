using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

public sealed class RolloutMovesTests
{
    [Fact]
    public void Enter_TheFirstStep_StartsItAndSplitsTheWeights()
    {
        var change = RolloutMoves.Apply(Sample.Rollout(step: -1), new RolloutVerdict.Enter(0, "go"), Sample.Evidence(seconds: 3))!;

        Assert.Equal((RolloutStatuses.Running, 0, "go"), (change.Next.Status, change.Next.Step, change.Next.Message));
        Assert.Equal((Sample.Begun.AddSeconds(3), Sample.Begun.AddSeconds(3)), (change.Next.Start, change.Next.StepStart));
        Assert.Equal(new TrafficSplit(90, 10), change.Weights);
    }

    [Fact]
    public void Enter_ALaterStep_KeepsTheStartAndTheFiguresOfTheStepThatEnded()
    {
        var change = RolloutMoves.Apply(Sample.Rollout() with { Start = Sample.Begun }, new RolloutVerdict.Enter(1, "go"), Sample.Evidence(seconds: 10, to: Sample.Side(40, 1)))!;

        Assert.Equal((Sample.Begun, Sample.Begun.AddSeconds(10)), (change.Next.Start, change.Next.StepStart));
        Assert.Equal((40, 1), (change.Next.ToFigures!.Requests, change.Next.ToFigures.Failures));
        Assert.Equal(new TrafficSplit(50, 50), change.Weights);
    }

    [Fact]
    public void RollBack_GivesBothTheWeightsFromBefore()
    {
        var change = RolloutMoves.Apply(Sample.Rollout(), new RolloutVerdict.RollBack("bad"), Sample.Evidence())!;

        Assert.Equal((RolloutStatuses.RolledBack, Sample.Begun.AddSeconds(1)), (change.Next.Status, change.Next.End));
        Assert.Equal(new TrafficSplit(70, 0), change.Weights);
    }

    [Fact]
    public void Stay_WithNothingNewToSay_WritesNothing()
    {
        Assert.Null(RolloutMoves.Apply(Sample.Rollout(), new RolloutVerdict.Stay("as before"), Sample.Evidence()));
        Assert.Null(RolloutMoves.Apply(Sample.Rollout(), new RolloutVerdict.Stay("other"), Sample.Evidence())!.Weights);
    }

    [Fact]
    public void Resume_BeginsTheStepsTimeAnew()
    {
        var paused = RolloutMoves.Pause(Sample.Rollout(step: 1)).Next;
        var resumed = RolloutMoves.Resume(paused, Sample.Begun.AddHours(1)).Next;

        Assert.Equal((RolloutStatuses.Paused, "Paused by an operator at step 2 of 3."), (paused.Status, paused.Message));
        Assert.Equal((RolloutStatuses.Running, Sample.Begun.AddHours(1)), (resumed.Status, resumed.StepStart));
        Assert.Equal(RolloutStatuses.Pending, RolloutMoves.Resume(RolloutMoves.Pause(Sample.Rollout(step: -1)).Next, Sample.Begun).Next.Status);
    }

    [Fact]
    public void Abort_SaysThatAnOperatorDidAndRestoresTheWeightsOnlyWhereTheyWereMoved()
    {
        var change = RolloutMoves.Abort(Sample.Rollout(step: 1), StepTally.None, Sample.Begun);

        Assert.Equal((RolloutStatuses.RolledBack, "Aborted by an operator at step 2 of 3; the weights are as before."), (change.Next.Status, change.Next.Message));
        Assert.Equal(new TrafficSplit(70, 0), change.Weights);
        Assert.Null(RolloutMoves.Abort(Sample.Rollout(step: -1), StepTally.None, Sample.Begun).Weights);
    }

    [Theory]
    [InlineData(100, 10, 90, 10)]
    [InlineData(100, 100, 0, 100)]
    [InlineData(250, 25, 187, 63)]
    [InlineData(1_000_000, 1, 990_000, 10_000)]
    [InlineData(60, 10, 54, 6)]
    [InlineData(60, 1, 59, 1)]
    [InlineData(3, 90, 1, 2)]
    [InlineData(3, 10, 2, 1)]
    [InlineData(1, 10, 0, 1)]
    public void Weights_AtAShare_AddUpToTheTotal(int total, int percent, int from, int to) => Assert.Equal(new TrafficSplit(from, to), TrafficSplit.Weights(total, percent));

    [Theory]
    [InlineData(100, 0, true, 100)]
    [InlineData(60, 60, true, 120)]
    [InlineData(0, 0, true, 100)]
    [InlineData(1, 0, false, 100)]
    [InlineData(60, 0, true, 60)]
    [InlineData(1_000_000, 0, true, 1_000_000)]
    [InlineData(1_000_000, 1_000_000, false, 1_000_000)]
    [InlineData(1_000_000, 1, true, null)]
    public void Total_IsWhatBothHadUnlessOneVersionCannotHaveIt(int from, int to, bool others, int? expected) => Assert.Equal(expected, TrafficSplit.Total(from, to, others));

    [Theory]
    [InlineData(RolloutStatuses.Pending, -1, 100, 0)]
    [InlineData(RolloutStatuses.Running, 1, 50, 50)]
    [InlineData(RolloutStatuses.Paused, 0, 90, 10)]
    [InlineData(RolloutStatuses.RolledBack, 1, 100, 0)]
    [InlineData(RolloutStatuses.Completed, 2, 0, 100)]
    public void Shares_GoByStatusAndStep(string status, int step, int from, int to) => Assert.Equal(new TrafficShares(from, to), TrafficShares.Of(Sample.Rollout(step: step, status: status)));

    [Fact]
    public void Shares_OfWeightsThatCannotBeDividedExactly_AreTheRealOnes()
    {
        Assert.Equal(new TrafficShares(66.7, 33.3), TrafficShares.Of(Sample.Rollout() with { TotalWeight = 3 }));
        Assert.Equal(new TrafficShares(97.7, 2.3), TrafficShares.Of(Sample.Rollout(step: -1) with { FromWeight = 130, ToWeight = 3 }));
        Assert.Equal(new TrafficShares(0, 0), TrafficShares.Of(Sample.Rollout(step: -1) with { FromWeight = 0, ToWeight = 0 }));
    }
}
