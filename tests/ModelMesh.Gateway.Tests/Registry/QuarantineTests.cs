using ModelMesh.Gateway.Registry;

namespace ModelMesh.Gateway.Tests.Registry;

public sealed class QuarantineTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public void FailuresInARow_DoubleTheLength_UpToTheLongest()
    {
        var quarantine = Quarantine.None;
        var now = TimeSpan.FromSeconds(1);
        var lengths = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            quarantine = quarantine.AfterFailure(now, First, Longest, jitter: 1);
            lengths.Add((quarantine.Until - now).TotalMilliseconds);
            now = quarantine.Until;
        }

        Assert.Equal([250, 500, 1000, 2000, 4000, 5000, 5000], lengths.Take(7));
        Assert.All(lengths.Skip(5), length => Assert.Equal(5000, length));
    }

    [Fact]
    public void FailuresAtOneMoment_CountAsOne()
    {
        var once = Quarantine.None.AfterFailure(TimeSpan.FromSeconds(1), First, Longest, 1);

        Assert.Same(once, once.AfterFailure(TimeSpan.FromSeconds(1.1), First, Longest, 1));
    }

    [Theory]
    [InlineData(0.0, 125)]
    [InlineData(1.0, 250)]
    public void Jitter_TakesBetweenHalfAndAllOfTheLength(double jitter, double milliseconds) =>
        Assert.Equal(milliseconds, Quarantine.None.AfterFailure(TimeSpan.Zero, First, Longest, jitter).Until.TotalMilliseconds);
}
