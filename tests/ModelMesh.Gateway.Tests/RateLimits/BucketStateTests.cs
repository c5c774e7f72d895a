using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.RateLimits;

namespace ModelMesh.Gateway.Tests.RateLimits;

public sealed class BucketStateTests
{
    [Theory]
    [InlineData(60, 60.0, 60, 0, 0)]
    [InlineData(60, 59.0, 59, 0, 1000)]
    [InlineData(60, 0.5, 0, 500, 59_500)]
    [InlineData(60, 0.0, 0, 1000, 60_000)]
    [InlineData(60, -30.0, 0, 31_000, 90_000)]
    [InlineData(7, 0.0, 0, 8572, 60_000)]
    public void State_SaysWhatIsLeftAndHowLongItTakes(int perMinute, double level, long remaining, int untilOneMs, int untilFullMs)
    {
        var state = State("l", perMinute, level);
        Assert.Equal((remaining, untilOneMs, untilFullMs), (state.Remaining, state.UntilOne.TotalMilliseconds, state.UntilFull.TotalMilliseconds));
    }

    [Theory]
    [InlineData(0, "0ms")]
    [InlineData(20, "20ms")]
    [InlineData(999, "999ms")]
    [InlineData(1000, "1s")]
    [InlineData(1500, "1.5s")]
    [InlineData(59_999, "59.999s")]
    [InlineData(360_000, "6m0s")]
    [InlineData(3_725_250, "1h2m5.25s")]
    [InlineData(90_000_000, "25h0m0s")]
    public void ResetText_IsWrittenAsOpenAIsClientsReadIt(long milliseconds, string text) => Assert.Equal(text, ResetText.Of(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(null, null, null, "The rate limit 'l' is used up: 6 requests a minute. Try again in 10s.")]
    [InlineData("chat", "app", null, "The rate limit 'l' is used up: 6 requests a minute for the model 'chat' from the caller 'app'. Try again in 10s.")]
    [InlineData(null, "*", "app", "The rate limit 'l' is used up: 6 requests a minute from the caller 'app'. Try again in 10s.")]
    [InlineData(null, "*", "", "The rate limit 'l' is used up: 6 requests a minute from callers without a registered key. Try again in 10s.")]
    public void Refusal_NamesTheLimitAndWhoseItIs(string? model, string? limited, string? caller, string message)
    {
        var limit = new RateLimit { Name = "l", Model = model, Caller = limited, RequestsPerMinute = 6 };
        var refusal = RateLimitRefusal.For(new BucketState(new LimitBucket(limit, BucketKind.Requests, caller), 0));
        Assert.Equal((ErrorCode.RateLimited, message, TimeSpan.FromSeconds(10)), (refusal.Code, refusal.Message, refusal.RetryAfter));
    }

    [Fact]
    public void Refusal_OfALimitOfOne_IsInTheSingular()
    {
        var limit = new RateLimit { Name = "l", RequestsPerMinute = 1, TokensPerMinute = 1 };
        Assert.Contains(" 1 request a minute", RateLimitRefusal.For(new BucketState(new LimitBucket(limit, BucketKind.Requests, null), 0)).Message, StringComparison.Ordinal);
        Assert.Contains(" 1 token a minute", RateLimitRefusal.For(new BucketState(new LimitBucket(limit, BucketKind.Tokens, null), 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_BySeveralLimits_IsOfTheOneThatLastsLongest() =>
        Assert.Equal("b", RateLimitRefusal.ReasonOf([State("a", 60, 0), State("b", 1, 0), State("c", 600, -60)]).Bucket.Limit.Name);

    private static BucketState State(string name, int perMinute, double level) =>
        new(new LimitBucket(new RateLimit { Name = name, RequestsPerMinute = perMinute }, BucketKind.Requests, null), (long)(level * BucketState.Unit));
}
