using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Resilience;

public sealed class RecentCountsTests
{
    private const int Threads = 4;
    private const int Rounds = 5_000;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly RecentCounts _counts;

    public RecentCountsTests() => _counts = new RecentCounts(Step, _time);

    [Fact]
    public void Sum_AfterAnyMoves_IsWhatTheLastTenStepsHad()
    {
        var random = new Random(17);
        var (now, added) = (0, new List<(int Step, int First, int Second)>());
        for (var i = 0; i < 2_000; i++)
        {
            var steps = random.Next(4) == 0 ? random.Next(15) : 0;
            _time.Move(Step * steps);
            now += steps;
            var (first, second) = (random.Next(3), random.Next(3));
            _counts.Add(first, second);
            added.Add((now, first, second));

            var recent = added.Where(one => now - one.Step < 10).ToArray();
            Assert.Equal((recent.Sum(one => one.First), recent.Sum(one => one.Second)), _counts.Sum);
        }

        _counts.Clear();
        Assert.Equal((0, 0), _counts.Sum);
    }

    [Fact]
    public async Task Add_FromManyThreadsWhoseStepBeginsWithThem_LosesNothing()
    {
        List<(long First, long Second)> sums = [];
        await ManyAsync(
            () => _counts.Add(2, 1),
            () =>
            {
                sums.Add(_counts.Sum);
                _time.Move(Step);
            });

        Assert.Equal(Enumerable.Range(1, Rounds).Select(round => Math.Min(round, 10)).Select(steps => (steps * Threads * 2L, (long)steps * Threads)), sums);
    }

    [Fact]
    public async Task TryAddSecond_FromManyThreadsForTheLastOne_IsGrantedOnceAtMostAndCountsWhatItGranted()
    {
        var granted = 0;
        List<(int Granted, long Counted)> rounds = [];
        await ManyAsync(
            () => Interlocked.Add(ref granted, _counts.TryAddSecond(static _ => 1) ? 1 : 0),
            () =>
            {
                rounds.Add((Interlocked.Exchange(ref granted, 0), _counts.Sum.Second));
                _time.Move(Step * 10);
            });

        Assert.All(rounds, round => Assert.InRange(round.Granted, 0, 1));
        Assert.All(rounds, round => Assert.Equal(round.Granted, round.Counted));
        Assert.Contains(rounds, round => round.Granted == 1);
    }

    /// <param name="over">What is done after each round, while no thread works.</param>
    private static async Task ManyAsync(Action work, Action over)
    {
        using var together = new Barrier(Threads, _ => over());

        // Threads of their own: those of the pool come one by one.
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    work();
                    together.SignalAndWait();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }
}
