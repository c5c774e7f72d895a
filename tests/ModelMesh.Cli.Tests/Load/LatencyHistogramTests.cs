using ModelMesh.Cli.Load;

namespace ModelMesh.Cli.Tests.Load;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.95, 950)]
    [InlineData(0.99, 990)]
    [InlineData(1, 1000)]
    public void Percentile_OfManyTimes_IsRightToTwoPercent(double share, double expected)
    {
        var histogram = new LatencyHistogram();
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
        {
            histogram.Add(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.InRange(histogram.Percentile(share)!.Value, expected * 0.98, expected * 1.02);
        Assert.Equal(1000, histogram.LongestMilliseconds);
    }

    [Fact]
    public void Percentile_OfNothing_IsNone() => Assert.Null(new LatencyHistogram().Percentile(0.5));

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(86_400_000)]
    public void Percentile_OfOneTime_IsNoLongerThanThat(double milliseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromMilliseconds(milliseconds));
        Assert.InRange(histogram.Percentile(0.99)!.Value, 0, Math.Max(milliseconds, 0.001));
    }

    [Fact]
    public void Histograms_ThatAreAddedUp_CountAllTimesOfBoth()
    {
        var (left, right) = (new LatencyHistogram(), new LatencyHistogram());
        left.Add(TimeSpan.FromMilliseconds(1));
        right.Add(TimeSpan.FromMilliseconds(100));
        left.Add(right);

        Assert.Equal(2, left.Count);
        Assert.InRange(left.Percentile(0.5)!.Value, 0.98, 1.02);
        Assert.InRange(left.Percentile(1)!.Value, 98, 102);
    }
}
