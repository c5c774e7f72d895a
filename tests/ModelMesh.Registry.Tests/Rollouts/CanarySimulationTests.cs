using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

/// <summary>Tally, window, judge and moves together, on a clock of its own: what a driver does, without a store.</summary>
public sealed class CanarySimulationTests
{
    private const int Requests = 10_000;
    private const int RequestsASecond = 100;
    private static readonly TimeSpan JudgeInterval = TimeSpan.FromSeconds(1);

    private readonly FakeCatalog _catalog = new();
    private readonly Random _random = new(5);
    private DateTimeOffset _now = Sample.Begun;
    private DateTimeOffset? _turnedBad;
    private Rollout _rollout = Sample.Rollout(step: -1) with { Steps = [10, 25, 50, 75, 100], StepDurationMs = 15_000, MaxErrorRate = 0.05 };
    private TrafficSplit _weights = new(100, 0);
    private int _errors;

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(14)]
    public void Target_TurnsBadAtAQuarterOfTheTraffic_IsRolledBackWithinTwoWindows(int secondsIntoTheStep)
    {
        Run((rollout, now) => rollout.Steps[Math.Max(0, rollout.Step)] >= 25 && now - rollout.StepStart >= TimeSpan.FromSeconds(secondsIntoTheStep));

        Assert.Equal(RolloutStatuses.RolledBack, _rollout.Status);
        Assert.Equal(new TrafficSplit(70, 0), _weights);
        Assert.InRange(_rollout.End!.Value - _turnedBad!.Value, TimeSpan.Zero, 2 * JudgeInterval);
        Assert.InRange(_errors, 1, Requests / 100);
    }

    [Fact]
    public void Target_IsGoodThroughout_GetsEverything()
    {
        Run((_, _) => false);

        Assert.Equal((RolloutStatuses.Completed, 0), (_rollout.Status, _errors));
        Assert.Equal(new TrafficSplit(0, 100), _weights);
    }

    [Fact]
    public void Target_FailsOneRequestInAHundred_IsNotTakenForBad()
    {
        Run((_, _) => _random.Next(100) == 0);

        Assert.Equal(RolloutStatuses.Completed, _rollout.Status);
        Assert.InRange(_errors, 1, Requests / 100);
    }

    private void Run(Func<Rollout, DateTimeOffset, bool> isBad)
    {
        var tally = new RolloutTally(_catalog);
        Dictionary<string, long> store = new(StringComparer.Ordinal);
        var window = new TallyWindow();
        _catalog.Put(_rollout);
        for (var sent = 0; sent < Requests; sent++)
        {
            if (sent % (RequestsASecond * JudgeInterval.TotalSeconds) == 0 && _rollout.IsActive)
            {
                Judge(tally, store, ref window);
            }

            var toTarget = _random.Next(_weights.From + _weights.To) < _weights.To;
            var fails = toTarget && isBad(_rollout, _now);
            _turnedBad ??= fails ? _now : null;
            _errors += fails ? 1 : 0;
            tally.Ended(
                new ModelId("chat", toTarget ? "v2" : "v1"),
                isShadow: false,
                fails ? new MeshException(ErrorCode.BackendError) : null,
                isStopping: false,
                fails ? null : TimeSpan.FromMilliseconds(_random.Next(50, 400)));
            _now += TimeSpan.FromSeconds(1.0 / RequestsASecond);
        }
    }

    private void Judge(RolloutTally tally, Dictionary<string, long> store, ref TallyWindow window)
    {
        foreach (var batch in tally.ToTell())
        {
            foreach (var (field, count) in batch.Counts)
            {
                store[field] = store.GetValueOrDefault(field) + count;
            }

            tally.Told(batch);
        }

        var step = TallyFields.Read(store, _rollout.Step);
        var evidence = new RolloutEvidence(_now, new TargetReadiness(TargetState.Ready), HasSource: true, step, window.Look(step, _rollout.MinRequests), SourceActive: 0);
        if (RolloutMoves.Apply(_rollout, RolloutJudge.Judge(_rollout, evidence), evidence) is not { } change)
        {
            return;
        }

        window = change.Next.Step == _rollout.Step ? window : new TallyWindow();
        (_rollout, _weights) = (change.Next, change.Weights ?? _weights);
        _catalog.Put(_rollout);
    }
}
