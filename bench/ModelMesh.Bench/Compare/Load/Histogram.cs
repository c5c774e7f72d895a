using System.Numerics;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>
/// Counts durations in buckets whose width grows with the value, as HdrHistogram does: 1,024 of them for each power of two, so every figure is exact to 0.1 % from a
/// microsecond to an hour. Recording is safe from many threads and takes neither a lock nor memory.
/// </summary>
internal sealed class Histogram
{
    private const int SubBits = 11;
    private const int SubBuckets = 1 << SubBits;
    private const int HalfBuckets = SubBuckets / 2;
    private const long Largest = 3_600_000_000;

    private readonly long[] _counts = new long[Index(Largest) + 1];
    private long _sum;
    private long _max;

    public void Record(TimeSpan duration)
    {
        var microseconds = Math.Clamp(duration.Ticks / TimeSpan.TicksPerMicrosecond, 0, Largest);
        Interlocked.Increment(ref _counts[Index(microseconds)]);
        Interlocked.Add(ref _sum, microseconds);
        var max = Volatile.Read(ref _max);
        while (microseconds > max && Interlocked.CompareExchange(ref _max, microseconds, max) is var seen && seen != max)
        {
            max = seen;
        }
    }

    /// <summary>What was recorded, in milliseconds. Values are the upper ends of their buckets, and never above the largest one recorded.</summary>
    public Latency ToLatency()
    {
        var total = _counts.Sum();
        if (total == 0)
        {
            return Latency.None;
        }

        return new Latency(total, _sum / 1e3 / total, At(total, 50), At(total, 90), At(total, 99), At(total, 99.9), _max / 1e3, Curve(total));
    }

    // Halving the distance to 100 at each fifth step puts points where a logarithmic axis has room for them.
    private List<double[]> Curve(long total)
    {
        var points = new List<double[]>();
        for (var left = 100.0; left * total >= 100; left /= Math.Pow(2, 0.2))
        {
            points.Add([Math.Round(100 - left, 6), At(total, 100 - left)]);
        }

        points.Add([100, _max / 1e3]);
        return points;
    }

    private double At(long total, double percentile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(total * percentile / 100));
        var index = -1;
        while (rank > 0)
        {
            rank -= _counts[++index];
        }

        return Math.Min(_max, UpperEnd(index)) / 1e3;
    }

    private static int Index(long value)
    {
        var shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)value) - SubBits);
        return (shift * HalfBuckets) + (int)(value >> shift);
    }

    private static long UpperEnd(int index)
    {
        var shift = Math.Max(0, (index / HalfBuckets) - 1);
        return (((long)index - ((long)shift * HalfBuckets) + 1) << shift) - 1;
    }
}
