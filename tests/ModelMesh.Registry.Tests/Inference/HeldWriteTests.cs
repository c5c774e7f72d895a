using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class HeldWriteTests
{
    private readonly ManualTime _time = new();
    private readonly TaskCompletionSource _sent = new();
    private readonly HeldWrite _held;
    private int _sends;

    public HeldWriteTests() => _held = new HeldWrite(
        () =>
        {
            _sends++;
            return _sent.Task;
        },
        _time);

    [Fact]
    public void Look_BeforeItHasWaitedLong_SendsNothing()
    {
        _time.Move(TimeSpan.FromMilliseconds(49));
        _held.Look();

        Assert.Equal(0, _sends);
        Assert.True(_held.TakeAsync().IsCompleted);
    }

    [Fact]
    public async Task Look_AgainAndAgainAfterIt_SendsItOnceAndTheNextWriteWaitsForThat()
    {
        _time.Move(TimeSpan.FromMilliseconds(50));
        _held.Look();
        _held.Look();

        Assert.Equal(1, _sends);
        var taken = _held.TakeAsync();
        Assert.False(taken.IsCompleted);
        _sent.SetResult();
        await taken;
    }

    [Fact]
    public void Look_AfterTheNextWriteTookIt_SendsNothing()
    {
        Assert.True(_held.TakeAsync().IsCompleted);
        _time.Move(TimeSpan.FromSeconds(1));
        _held.Look();

        Assert.Equal(0, _sends);
    }
}
