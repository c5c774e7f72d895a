using System.Collections.Concurrent;
using ModelMesh.ServiceDefaults.Prometheus.Names;

namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>
/// All series of one metric. Who measures with tags that were seen before takes no lock and allocates nothing; tags in another order or of another type lead to the same series
/// as soon as their labels read the same. Thread-safe.
/// </summary>
internal sealed class SeriesTable<TSeries>
    where TSeries : MetricSeries
{
    // Ways to say the same labels that are remembered.
    private const int KeysPerSeries = 4;

    private readonly int _limit;
    private readonly Func<string, TSeries> _make;
    private readonly Lock _changing = new();
    private readonly SortedDictionary<string, TSeries> _byLabels = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TagSet, TSeries> _byTags = new(TagSetComparer.Instance);
    private readonly ConcurrentDictionary<TagSet, TSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _find;
    private TSeries? _overflow;
    private int _keys;
    private long _overflowed;

    /// <param name="limit">How many series there may be; one more takes what the others cannot.</param>
    /// <param name="make">Makes a series of its labels.</param>
    public SeriesTable(int limit, Func<string, TSeries> make)
    {
        (_limit, _make) = (limit, make);
        _find = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    /// <summary>How many measurements went to the one series for all that there was no room for.</summary>
    public long Overflowed => Volatile.Read(ref _overflowed);

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // One that is being retired leaves the table in a moment.
        while (!(_find.TryGetValue(tags, out var series) ? series : Of(tags)).TryAdd(value))
        {
        }
    }

    /// <summary>How all series stand, by their labels. Those that <paramref name="isOver"/> picks and that agree are forgotten, and not among them.</summary>
    public IReadOnlyList<SeriesPoint> Read(Func<TSeries, SeriesPoint, bool> isOver)
    {
        lock (_changing)
        {
            var points = new List<SeriesPoint>(_byLabels.Count + 1);
            var over = new List<TSeries>();
            foreach (var series in _byLabels.Values)
            {
                if (!TryShow(series))
                {
                    over.Add(series);
                }
            }

            over.ForEach(Forget);
            if (_overflow is { } rest && !TryShow(rest))
            {
                _overflow = null;
            }

            return points;

            bool TryShow(TSeries series)
            {
                var point = series.Read();
                if (isOver(series, point) && series.TryRetire(point))
                {
                    return false;
                }

                points.Add(point);
                return true;
            }
        }
    }

    private TSeries Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelText.Of(tags);
        lock (_changing)
        {
            if (!_byLabels.TryGetValue(labels, out var series))
            {
                if (_byLabels.Count >= _limit)
                {
                    _overflowed++;
                    return _overflow ??= _make(LabelText.Overflow);
                }

                series = _make(labels);
                _byLabels.Add(labels, series);
            }

            if (_keys < _limit * KeysPerSeries && TagSet.CanKeep(tags))
            {
                var key = new TagSet(tags);
                if (_byTags.TryAdd(key, series))
                {
                    series.Keys.Add(key);
                    _keys++;
                }
            }

            return series;
        }
    }

    // Under the lock.
    private void Forget(TSeries series)
    {
        _byLabels.Remove(series.Labels);
        foreach (var key in series.Keys)
        {
            _byTags.TryRemove(key, out _);
            _keys--;
        }
    }
}
