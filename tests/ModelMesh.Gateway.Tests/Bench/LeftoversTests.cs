using ModelMesh.Bench.Compare.Scenarios;
using ModelMesh.Testing.Backends;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class LeftoversTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(40, 7)]
    public async Task WhatIsLetGoOf_AfterThatManySeconds_IsLeft_WhenPatienceOfFiveIsOver(int seconds, long left)
    {
        var looking = Leftovers.AfterAsync(TimeSpan.FromSeconds(5), () => Task.FromResult(_clock.GetElapsedTime(0) < TimeSpan.FromSeconds(seconds) ? 7L : 0L), _clock);
        while (!looking.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.Equal(left, await looking);
    }

    [Fact]
    public void WhatIsLeft_IsNotComplete_AndHasItsKind()
    {
        var run = Leftovers.Charge(Run("churn", "mesh") with { Complete = 990, Errors = Kind("cut", 10) }, "still open", 400);

        Assert.Equal((590, 410), (run.Complete, run.Failed));
        Assert.Equal(400, run.Errors["still open"]);
    }

    [Fact]
    public void MoreLeftThanComplete_AsOfTheWarmUp_IsAllOfIt() => Assert.Equal((0, 1_000), Leftovers.Charge(Run("churn", "mesh"), "still open", 5_000) is var run ? (run.Complete, run.Failed) : default);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void NothingLeft_ChangesNothing(long count) => Assert.Empty(Leftovers.Charge(Run("churn", "mesh"), "still open", count).Errors);
}
