using ModelMesh.Backends.Wire.Http;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class RetryAfterTests
{
    private static readonly ManualClock Clock = new();

    [Theory]
    [InlineData("7", null, 7_000)]
    [InlineData("0.5", null, 500)]
    [InlineData("7", "250", 250)]
    [InlineData(null, "1500", 1_500)]
    [InlineData("7", "soon", 7_000)]
    [InlineData("0", null, 0)]
    [InlineData("1e9", null, null)]
    [InlineData("99999999", null, 86_400_000)]
    [InlineData("-3", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("NaN", null, null)]
    [InlineData("7", "NaN", 7_000)]
    [InlineData("Infinity", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void Header_InSecondsOrMilliseconds_IsAWaitOfAtMostADay(string? retryAfter, string? milliseconds, int? expected) =>
        Assert.Equal(expected is { } ms ? TimeSpan.FromMilliseconds(ms) : null, RetryAfter.Read(retryAfter, milliseconds, Clock));

    [Theory]
    [InlineData(90, 90)]
    [InlineData(-90, 0)]
    public void Header_OfADate_IsTheWaitUntilThen(int inSeconds, int expected)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(Clock.GetUtcNow().ToUnixTimeSeconds());
        var wait = RetryAfter.Read(now.AddSeconds(inSeconds).ToString("R"), null, Clock)!.Value;

        Assert.InRange(wait.TotalSeconds, Math.Max(0, expected - 1), expected);
    }
}
