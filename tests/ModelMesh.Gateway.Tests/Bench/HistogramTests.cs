using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class HistogramTests
{
    [Fact]
    public void Percentiles_OfAHundredThousandValues_AreThoseOfTheSortedValuesToATenthOfAPercent()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 100_000).Select(_ => Math.Pow(10, random.NextDouble() * 7)).ToArray();
        var histogram = new Histogram();
        foreach (var value in values)
        {
            histogram.Record(TimeSpan.FromMicroseconds(value));
        }

        var latency = histogram.ToLatency();
        Array.Sort(values);
        Assert.Equal(100_000, latency.Count);
        Near(values[49_999], latency.P50);
        Near(values[89_999], latency.P90);
        Near(values[98_999], latency.P99);
        Near(values[99_899], latency.P999);
        Near(values[^1], latency.Max);
        Near(values.Average(), latency.Mean);

        static void Near(double microseconds, double milliseconds) => Assert.InRange(milliseconds * 1_000, (microseconds * 0.999) - 1, (microseconds * 1.001) + 1);
    }

    [Fact]
    public void Curve_OfAnyValues_OnlyRisesAndEndsWithTheLargest()
    {
        var histogram = new Histogram();
        for (var value = 1; value <= 5_000; value++)
        {
            histogram.Record(TimeSpan.FromMilliseconds(value));
        }

        var curve = histogram.ToLatency().Curve;
        Assert.Equal([100.0, 5_000.0], curve[^1]);
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.First[0] < pair.Second[0] && pair.First[1] <= pair.Second[1]));
    }

    [Fact]
    public void Values_BelowAMicrosecondOrAboveAnHour_CountAsThose()
    {
        var histogram = new Histogram();
        histogram.Record(TimeSpan.FromTicks(-1));
        histogram.Record(TimeSpan.FromDays(1));

        Assert.Equal((2, 0.0, 3_600_000.0), (histogram.ToLatency().Count, histogram.ToLatency().P50, histogram.ToLatency().Max));
    }

    [Fact]
    public void Nothing_Recorded_IsNone() => Assert.Same(Latency.None, new Histogram().ToLatency());
}
