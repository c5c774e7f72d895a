using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class RuntimeHealthTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TrafficOutcome Answered = new(TrafficResult.Answered);
    private static readonly TrafficOutcome Gone = new(TrafficResult.Unreachable, "gone");

    private readonly ManualTime _time = new();
    private readonly RuntimeHealth _health;

    public RuntimeHealthTests() => _health = new RuntimeHealth(failuresBeforeUnhealthy: 3, canBeProbed: true, _time);

    [Fact]
    public void ToTell_TheStateChanged_AtOnceButNotMoreThanOnceASecond()
    {
        Tell(Answered);
        _health.Observe(Gone);
        Assert.Null(_health.ToTell(Gap));

        _time.Move(TimeSpan.FromSeconds(1));
        var told = _health.ToTell(Gap)!;
        Assert.Equal((HealthState.Unhealthy, "gone"), (told.Standing.State, told.Error));
        _health.Told(told);
        _time.Move(Gap);
        Assert.Null(_health.ToTell(Gap));
    }

    [Fact]
    public void ToTell_AHealthyUpstreamGoesOnAnswering_OnlyAfterTheGap()
    {
        Tell(Answered);
        _time.Move(TimeSpan.FromSeconds(4));
        _health.Observe(Answered);
        Assert.Null(_health.ToTell(Gap));

        _time.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(HealthState.Healthy, _health.ToTell(Gap)!.Standing.State);
    }

    [Fact]
    public void ToTell_OneFailureThatChangesNoState_AfterTheGapWithItsError()
    {
        Tell(Answered);
        _health.Observe(new TrafficOutcome(TrafficResult.Failed, "oops"));
        Assert.Null(_health.ToTell(Gap));

        _time.Move(Gap);
        var news = _health.ToTell(Gap)!;
        Assert.Equal((HealthState.Healthy, 1, "oops"), (news.Standing.State, news.Standing.Failures, news.Error));
    }

    [Fact]
    public void Told_SomethingHappenedMeanwhile_ThatIsStillNews()
    {
        _health.Observe(Gone);
        var told = _health.ToTell(Gap)!;
        _health.Observe(Answered);
        _health.Told(told);

        Assert.Equal((HealthState.Healthy, true), (_health.Current.Standing.State, _health.Current.IsNews));
    }

    [Fact]
    public void Adopt_NewsOfItsOwn_AreNotOverwritten()
    {
        _health.Observe(Gone);
        _health.Adopt(new HealthRecord(1, HealthStanding.Healthy));
        Assert.Equal(HealthState.Unhealthy, _health.Current.Standing.State);

        _health.Told(_health.ToTell(Gap)!);
        _health.Adopt(new HealthRecord(1, HealthStanding.Healthy));
        Assert.Equal(HealthState.Healthy, _health.Current.Standing.State);
    }

    [Fact]
    public void Adopt_AnotherReplicaFoundItUnhealthyWhileFailuresWereCountedHere_ThatIsNotTakenBack()
    {
        Tell(Answered);
        _health.Observe(new TrafficOutcome(TrafficResult.Failed, "oops"));
        _health.Adopt(new HealthRecord(1, new HealthStanding(HealthState.Unhealthy, "broken", Failures: 3)));
        Assert.Equal(new HealthStanding(HealthState.Unhealthy, "broken", 3), _health.Current.Standing);

        _time.Move(Gap);
        var news = _health.ToTell(Gap)!;
        Assert.Equal((HealthState.Unhealthy, "oops"), (news.Standing.State, news.Error));
    }

    [Fact]
    public void Changed_OnlyForAChangedState_IsRaised()
    {
        var raised = 0;
        _health.Changed += () => raised++;
        _health.Observe(Answered);
        _health.Observe(Answered);
        _health.Observe(Gone);
        _health.Observe(Gone);
        _health.Observe(default);

        Assert.Equal(2, raised);
    }

    [Fact]
    public void MayProbe_TrafficAnswered_NotBeforeTheIntervalHasPassedSince()
    {
        Assert.True(_health.MayProbe(Interval));
        _health.Observe(Answered);
        _time.Move(TimeSpan.FromSeconds(14));
        _health.Answered();
        _time.Move(TimeSpan.FromSeconds(14));
        Assert.False(_health.MayProbe(Interval));

        _time.Move(TimeSpan.FromSeconds(1));
        Assert.True(_health.MayProbe(Interval));
    }

    [Fact]
    public void MayProbe_TheRecordSaysWhenItIsDue_NotBefore()
    {
        _health.Adopt(new HealthRecord(1, HealthStanding.Healthy) { DueIn = TimeSpan.FromSeconds(3) });
        _time.Move(TimeSpan.FromSeconds(2.9));
        Assert.False(_health.MayProbe(Interval));

        _time.Move(TimeSpan.FromSeconds(0.1));
        Assert.True(_health.MayProbe(Interval));
    }

    [Fact]
    public void MayProbe_ThePluginHasNoCheck_Never() => Assert.False(new RuntimeHealth(3, canBeProbed: false, _time).MayProbe(Interval));

    private void Tell(TrafficOutcome outcome)
    {
        _health.Observe(outcome);
        _health.Told(_health.ToTell(Gap)!);
    }
}
