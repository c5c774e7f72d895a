namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>A histogram's. Each bucket keeps one example a scrape, so that what examples cost does not grow with what is measured.</summary>
/// <param name="bounds">The buckets' upper bounds, ascending; each is in its bucket.</param>
internal sealed class HistogramSeries(string labels, double[] bounds, TimeProvider time) : MetricSeries(labels)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private readonly Exemplar?[] _fresh = new Exemplar?[bounds.Length + 1];
    private readonly Exemplar?[] _shown = new Exemplar?[bounds.Length + 1];
    private AtomicSum _sum;

    public override bool TryAdd(double value)
    {
        if (!double.IsFinite(value))
        {
            return true;
        }

        if (!_sum.TryAdd(value))
        {
            return false;
        }

        var found = Array.BinarySearch(bounds, value);
        var bucket = found < 0 ? ~found : found;
        Interlocked.Increment(ref _counts[bucket]);
        if (Volatile.Read(ref _fresh[bucket]) is null && Exemplar.Of(value, time) is { } exemplar)
        {
            Volatile.Write(ref _fresh[bucket], exemplar);
        }

        return true;
    }

    public override SeriesPoint Read()
    {
        var counts = new long[_counts.Length];
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            counts[bucket] = Volatile.Read(ref _counts[bucket]);
            _shown[bucket] = Interlocked.Exchange(ref _fresh[bucket], null) ?? _shown[bucket];
        }

        return new SeriesPoint(LabelBytes, _sum.Value) { Counts = counts, Exemplars = [.. _shown] };
    }

    public override bool TryRetire(SeriesPoint last) => _sum.TryClose(last.Value);
}
