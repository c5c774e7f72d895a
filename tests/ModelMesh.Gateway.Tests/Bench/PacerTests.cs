using System.Diagnostics;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Upstream;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class PacerTests
{
    [Fact]
    public void Moment_ThatIsPast_IsNotWaitedFor()
    {
        using var pacer = new Pacer();
        var wait = pacer.WaitAsync(new Pacer.Turn(), Stopwatch.GetTimestamp()).AsTask();

        Assert.True(wait.IsCompletedSuccessfully);
    }

    // 4,096 ms are a round of the wheel: what lies behind it must not be woken in the round before.
    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(4_150)]
    public async Task Turn_OfAMoment_IsWokenAndNeverEarly(int milliseconds)
    {
        using var pacer = new Pacer();
        var due = PreciseClock.After(Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(milliseconds));

        await pacer.WaitAsync(new Pacer.Turn(), due);

        Assert.True(Stopwatch.GetTimestamp() >= due);
    }

    [Fact]
    public async Task Turn_UsedAgain_IsWokenAtEachOfItsMoments()
    {
        using var pacer = new Pacer();
        var turn = new Pacer.Turn();
        for (var token = 0; token < 20; token++)
        {
            var due = PreciseClock.After(Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(token % 3));
            await pacer.WaitAsync(turn, due);
            Assert.True(Stopwatch.GetTimestamp() >= due);
        }
    }

    [Fact]
    public async Task Turns_OfManyThreadsAtOnce_AreAllWoken()
    {
        using var pacer = new Pacer();
        var woken = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(async () =>
        {
            var turn = new Pacer.Turn();
            var isEarly = false;
            for (var token = 0; token < 5; token++)
            {
                var due = PreciseClock.After(Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds((number + token) % 7));
                await pacer.WaitAsync(turn, due);
                isEarly |= Stopwatch.GetTimestamp() < due;
            }

            return !isEarly;
        })));

        Assert.DoesNotContain(false, woken);
    }
}
