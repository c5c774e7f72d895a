using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class RateLimitHoldTests
{
    private readonly ManualTime _time = new();
    private readonly RateLimitHold _hold;

    public RateLimitHoldTests() => _hold = new RateLimitHold(_time);

    [Fact]
    public void Left_AfterARateLimit_CountsDownToNothing()
    {
        Assert.Equal(TimeSpan.Zero, _hold.Left);
        _hold.Observe(Limited(7));
        Assert.Equal(TimeSpan.FromSeconds(7), _hold.Left);

        _time.Move(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(2), _hold.Left);

        _time.Move(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, _hold.Left);
    }

    [Fact]
    public void Left_AnUpstreamAsksForAnHour_AMinute()
    {
        _hold.Observe(Limited(3600));

        Assert.Equal(TimeSpan.FromSeconds(60), _hold.Left);
    }

    [Fact]
    public void Left_SeveralCallsWereLimited_TheLongestWaitCounts()
    {
        _hold.Observe(Limited(10));
        _hold.Observe(Limited(3));
        Assert.Equal(TimeSpan.FromSeconds(10), _hold.Left);

        _hold.Observe(Limited(20));
        Assert.Equal(TimeSpan.FromSeconds(20), _hold.Left);
    }

    [Fact]
    public void Left_OtherFailuresOrNoWait_NothingIsHeld()
    {
        _hold.Observe(null);
        _hold.Observe(new BackendException(BackendErrorKind.RateLimited, ""));
        _hold.Observe(new BackendException(BackendErrorKind.Unavailable, "") { RetryAfter = TimeSpan.FromSeconds(9) });

        Assert.Equal(TimeSpan.Zero, _hold.Left);
    }

    [Fact]
    public void Error_WhatACallerGets_RateLimitedWithTheTimeLeft()
    {
        var error = RateLimitHold.Error(TimeSpan.FromSeconds(2));

        Assert.Equal((ErrorCode.RateLimited, TimeSpan.FromSeconds(2)), (error.Code, error.RetryAfter));
    }

    private static BackendException Limited(int seconds) => new(BackendErrorKind.RateLimited, "slow down") { RetryAfter = TimeSpan.FromSeconds(seconds) };
}
