using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Resilience;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, null, 0.0, 50)]
    [InlineData(1, null, 0.999999, 100)]
    [InlineData(2, null, 0.5, 150)]
    [InlineData(6, null, 0.0, 1000)]
    [InlineData(100, null, 0.999999, 2000)]
    [InlineData(1, 0, 0.0, 50)]
    [InlineData(1, 700, 0.0, 700)]
    [InlineData(1, 2000, 0.0, 2000)]
    [InlineData(6, 700, 0.0, 1000)]
    public void Before_ARetry_DoublesJittersAndKeepsToWhatTheUpstreamAsksFor(int retry, int? retryAfterMs, double roll, int expectedMs)
    {
        var wait = Wait(retry, retryAfterMs, roll);

        Assert.NotNull(wait);
        Assert.Equal(expectedMs, wait.Value.TotalMilliseconds, 1.0);
    }

    [Fact]
    public void Before_TheUpstreamAsksForMoreThanTheLongest_NotAtAll() => Assert.Null(Wait(1, 2001, 0.5));

    private static TimeSpan? Wait(int retry, int? retryAfterMs, double roll) => Backoff.Before(
        retry, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(2000), retryAfterMs is { } asked ? TimeSpan.FromMilliseconds(asked) : null, roll);
}
