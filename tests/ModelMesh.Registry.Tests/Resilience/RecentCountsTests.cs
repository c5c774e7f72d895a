using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Resilience;

public sealed class RecentCountsTests
{
    private const int Threads = 8;
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
        const int Rounds = 2_000;
        using var together = new Barrier(Threads, _ => _time.Move(Step));

        await ManyAsync(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                together.SignalAndWait();
                _counts.Add(2, 1);
            }
        });

        Assert.Equal((10 * Threads * 2, 10 * Threads), _counts.Sum);
    }

    [Fact]
    public async Task TryAddSecond_FromManyThreads_GrantsNoMoreThanThereMayBe()
    {
        const int Allowed = 1_000;
        var granted = 0;

        await ManyAsync(() =>
        {
            for (var i = 0; i < Allowed; i++)
            {
                Interlocked.Add(ref granted, _counts.TryAddSecond(static _ => Allowed) ? 1 : 0);
            }
        });

        Assert.Equal(granted, _counts.Sum.Second);
        Assert.InRange(granted, Allowed - Threads, Allowed);
        Assert.Equal(Allowed - granted, Enumerable.Range(0, Threads + 1).Count(_ => _counts.TryAddSecond(static _ => Allowed)));
    }

    // Threads of their own: those of the pool come one by one.
    private static Task ManyAsync(Action work) => Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
}
