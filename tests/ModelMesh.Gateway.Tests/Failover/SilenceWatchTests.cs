using ModelMesh.Gateway.Registry.Waiting;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Gateway.Tests.Failover;

public sealed class SilenceWatchTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private readonly ManualClock _time = new();
    private int _ended;

    [Fact]
    public void ReadThatWaitsForTheBound_EndsTheCall_Once()
    {
        using var watch = Watch();
        watch.Reading(new TaskCompletionSource().Task);

        _time.Advance(Bound - TimeSpan.FromMilliseconds(1));
        Assert.Equal((0, false), (_ended, watch.Expired));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _time.Advance(10 * Bound);
        Assert.Equal((1, true), (_ended, watch.Expired));
    }

    [Fact]
    public void ReaderThatTakesNothing_IsNoSilence_HoweverLongItTakes()
    {
        using var watch = Watch();
        watch.Reading(Task.CompletedTask);

        _time.Advance(100 * Bound);

        Assert.Equal(0, _ended);
    }

    [Fact]
    public void EachRead_HasTheWholeBound()
    {
        using var watch = Watch();
        for (var i = 0; i < 10; i++)
        {
            var read = new TaskCompletionSource();
            watch.Reading(read.Task);
            _time.Advance(0.9 * Bound);
            read.SetResult();
        }

        Assert.Equal(0, _ended);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    public void AnotherBound_CountsFromTheNextRead(int seconds)
    {
        using var watch = Watch();
        watch.Reading(Task.CompletedTask);
        _time.Advance(Bound / 2);
        watch.Expect(TimeSpan.FromSeconds(seconds));
        watch.Reading(new TaskCompletionSource().Task);

        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(0, _ended);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _ended);
    }

    private SilenceWatch Watch() => new(_time, Bound, () => _ended++);
}
