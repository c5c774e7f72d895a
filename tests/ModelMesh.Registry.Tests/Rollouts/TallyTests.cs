using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Figures;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

public sealed class TallyTests
{
    private static readonly ModelId From = new("chat", "v1");
    private static readonly ModelId To = new("chat", "v2");

    private readonly FakeCatalog _catalog = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7.3)]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(60_000)]
    public void Quantile_OfOneTimeRepeated_IsThatTimeToAFifth(double milliseconds)
    {
        var buckets = new long[FirstTokenBuckets.Count];
        buckets[FirstTokenBuckets.Of(TimeSpan.FromMilliseconds(milliseconds))] = 100;

        Assert.InRange(FirstTokenBuckets.Quantile(buckets, 0.95)!.Value, milliseconds / 1.2, Math.Max(1, milliseconds * 1.2));
    }

    [Fact]
    public void Quantile_OfADay_FallsInTheLastBucket() => Assert.Equal(FirstTokenBuckets.Count - 1, FirstTokenBuckets.Of(TimeSpan.FromDays(1)));

    [Fact]
    public void Quantile_OfNothing_IsNone() => Assert.Null(FirstTokenBuckets.Quantile(new long[FirstTokenBuckets.Count], 0.95));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 20, 0)]
    [InlineData(2, 20, 0.016)]
    [InlineData(10, 20, 0.222)]
    [InlineData(20, 20, 0.690)]
    public void AtLeast_OfFewRequests_IsFarBelowTheirShare(long hits, long all, double expected) => Assert.Equal(expected, ErrorBound.AtLeast(hits, all, deviations: 3), 0.001);

    [Fact]
    public void Window_GoodRequestsThenBadOnes_ShowsTheBadOnesAlone()
    {
        var window = new TallyWindow();
        window.Look(new StepTally(SideTally.None, Sample.Side(500)), minRequests: 20);
        window.Look(new StepTally(SideTally.None, Sample.Side(1_000)), minRequests: 20);

        var atFirst = window.Look(new StepTally(SideTally.None, Sample.Side(1_010, 10)), minRequests: 20);
        var soon = window.Look(new StepTally(SideTally.None, Sample.Side(1_025, 25)), minRequests: 20);

        Assert.Equal((510, 10), (atFirst.To.Requests, atFirst.To.Failures));
        Assert.Equal((25, 25), (soon.To.Requests, soon.To.Failures));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(ErrorCode.BackendError, true)]
    [InlineData(ErrorCode.BackendUnavailable, true)]
    [InlineData(ErrorCode.Timeout, true)]
    [InlineData(ErrorCode.Internal, true)]
    [InlineData(ErrorCode.RateLimited, true)]
    [InlineData(ErrorCode.InvalidRequest, null)]
    [InlineData(ErrorCode.ModelNotFound, null)]
    [InlineData(ErrorCode.CapacityExceeded, null)]
    [InlineData(ErrorCode.StoreUnavailable, null)]
    [InlineData(ErrorCode.Cancelled, null)]
    public void Failed_IsWhatTheVersionFailed_NotItsCallerNorTheMeshsLimits(ErrorCode? code, bool? expected) =>
        Assert.Equal(expected, RolloutOutcome.Failed(code is { } failure ? new MeshException(failure) : null, isStopping: false));

    [Fact]
    public void Failed_BecauseTheReplicaStops_SaysNothing() => Assert.Null(RolloutOutcome.Failed(new MeshException(ErrorCode.BackendUnavailable), isStopping: true));

    [Fact]
    public void Tally_CountsBothSidesOfTheRunningStep_AndNothingElse()
    {
        var tally = new RolloutTally(_catalog);
        tally.Ended(To, isShadow: false, failure: null, isStopping: false, firstToken: null);
        Assert.Empty(tally.ToTell());
        _catalog.Put(Sample.Rollout(step: 1));

        tally.Ended(From, isShadow: false, failure: null, isStopping: false, TimeSpan.FromMilliseconds(100));
        tally.Ended(To, isShadow: false, failure: null, isStopping: false, TimeSpan.FromMilliseconds(501));
        tally.Ended(To, isShadow: false, new MeshException(ErrorCode.BackendError), isStopping: false, firstToken: null);
        tally.Ended(To, isShadow: true, new MeshException(ErrorCode.BackendError), isStopping: false, firstToken: null);
        tally.Ended(To, isShadow: false, new MeshException(ErrorCode.InvalidRequest), isStopping: false, firstToken: null);
        tally.Ended(new ModelId("chat", "v3"), isShadow: false, failure: null, isStopping: false, firstToken: null);
        tally.Ended(new ModelId("other", "v2"), isShadow: false, failure: null, isStopping: false, firstToken: null);

        var batch = Assert.Single(tally.ToTell());
        var step = TallyFields.Read(batch.Counts, step: 1);
        Assert.Equal((1, 0, 1, 0), (step.From.Requests, step.From.Failures, step.From.FirstTokens, step.From.Slow));
        Assert.Equal((2, 1, 1, 1), (step.To.Requests, step.To.Failures, step.To.FirstTokens, step.To.Slow));
        Assert.Equal(0, TallyFields.Read(batch.Counts, step: 0).To.Requests);
    }

    [Fact]
    public void Tally_ABatchThatWasNotTold_IsToldAgainUnderItsNumberBeforeWhatCameAfter()
    {
        var tally = new RolloutTally(_catalog);
        _catalog.Put(Sample.Rollout());
        tally.Ended(To, isShadow: false, failure: null, isStopping: false, firstToken: null);
        var first = Assert.Single(tally.ToTell());
        tally.Ended(To, isShadow: false, failure: null, isStopping: false, firstToken: null);

        Assert.Same(first, Assert.Single(tally.ToTell()));
        tally.Told(first);
        var second = Assert.Single(tally.ToTell());
        Assert.Equal((1, 2), (first.Sequence, second.Sequence));
        Assert.Equal(1, TallyFields.Read(second.Counts, step: 0).To.Requests);
    }

    [Fact]
    public void Tally_OfARolloutThatHasEndedAndOfWhichAllIsTold_IsForgotten()
    {
        var tally = new RolloutTally(_catalog);
        _catalog.Put(Sample.Rollout());
        tally.Ended(To, isShadow: false, failure: null, isStopping: false, firstToken: null);
        tally.Told(Assert.Single(tally.ToTell()));
        _catalog.Put(Sample.Rollout(status: RolloutStatuses.Completed));
        Assert.Empty(tally.ToTell());

        // Its numbers begin anew.
        _catalog.Put(Sample.Rollout());
        tally.Ended(To, isShadow: false, failure: null, isStopping: false, firstToken: null);
        Assert.Equal(1, Assert.Single(tally.ToTell()).Sequence);
    }

    [Theory]
    [InlineData("ready,ready", "Ready")]
    [InlineData("ready,failed", "Ready")]
    [InlineData("ready,loading", "Waiting")]
    [InlineData("failed,pending", "Waiting")]
    [InlineData("failed,failed", "Failed")]
    [InlineData("", "Failed")]
    public void Readiness_OfSeveralReplicas_IsReadyOnceOneServesAndNoneIsAboutTo(string states, string expected)
    {
        ModelStatus[] replicas = [.. states.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(state => new ModelStatus(state))];

        Assert.Equal(Enum.Parse<TargetState>(expected), TargetReadiness.Of(TestModel.Mock(), replicas).State);
        Assert.Equal(TargetState.Gone, TargetReadiness.Of(TestModel.Mock() with { Draining = true }, replicas).State);
        Assert.Equal(TargetState.Gone, TargetReadiness.Of(TestModel.Mock() with { Shadow = true }, replicas).State);
        Assert.Equal(TargetState.Gone, TargetReadiness.Of(null, replicas).State);
    }
}
