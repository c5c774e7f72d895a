using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Attempts;
using Xunit;

namespace ModelMesh.Registry.Tests.Attempts;

public sealed class NextAttemptTests
{
    private static readonly ModelResilience Rules = new() { MaxRetries = 2, BackoffMs = 100, MaxBackoffMs = 2_000 };
    private static readonly FailedRequest Failed = new(new AttemptVerdict(AttemptResult.Failed, RetryPlace.Anywhere), 0, false, false, AnotherTakes: true, TimeSpan.FromSeconds(60));
    private static readonly NextAttempt Elsewhere = new(Goes: true);

    [Fact]
    public void After_AnotherEndpointTakesIt_GoesThereAtOnce()
    {
        Assert.Equal(Elsewhere, After(Failed));
        Assert.Equal(Elsewhere, After(Failed with { Retries = 1 }));
        Assert.Equal(Elsewhere, After(Failed with { Verdict = new AttemptVerdict(AttemptResult.Failed, RetryPlace.Elsewhere) }));
        Assert.Equal(Elsewhere, After(Failed with { TimedOut = true }));
        Assert.Equal(Elsewhere, After(Failed with { TimedOutBefore = true }));
    }

    [Fact]
    public void After_NothingMoreIsAllowed_GivesUp()
    {
        Assert.False(After(Failed with { Retries = 2 }).Goes);
        Assert.False(After(Failed with { Verdict = AttemptVerdict.GivenUp }).Goes);
        Assert.False(After(Failed with { Left = TimeSpan.Zero }).Goes);
        Assert.False(After(Failed with { TimedOut = true, TimedOutBefore = true }).Goes);
    }

    [Theory]
    [InlineData(0, 75)]
    [InlineData(1, 150)]
    public void After_NoOtherTakesIt_WaitsAndTriesTheSameAgain(int retries, int waitMs) => Assert.Equal(
        new NextAttempt(Goes: true, ToTried: true, TimeSpan.FromMilliseconds(waitMs)), After(Failed with { AnotherTakes = false, Retries = retries }));

    [Fact]
    public void After_NoOtherTakesWhatTheSameWouldFailAgain_GivesUp() =>
        Assert.False(After(Failed with { AnotherTakes = false, Verdict = new AttemptVerdict(AttemptResult.Failed, RetryPlace.Elsewhere) }).Goes);

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public void After_TheUpstreamAsksToWait_WaitsThatLongUpToTheLongest(int askedMs, bool goes)
    {
        var limited = Failed with { AnotherTakes = false, Verdict = new AttemptVerdict(AttemptResult.Nothing, RetryPlace.Anywhere, TimeSpan.FromMilliseconds(askedMs)) };

        Assert.Equal(goes ? new NextAttempt(true, true, TimeSpan.FromMilliseconds(askedMs)) : default, After(limited));
        Assert.Equal(Elsewhere, After(limited with { AnotherTakes = true }));
    }

    [Fact]
    public void After_TheWaitIsLongerThanTheTimeThatIsLeft_GivesUp() => Assert.False(After(Failed with { AnotherTakes = false, Left = TimeSpan.FromMilliseconds(75) }).Goes);

    private static NextAttempt After(FailedRequest failed) => NextAttempt.After(failed, Rules, roll: 0.5);
}
