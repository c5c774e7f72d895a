using System.Diagnostics.Metrics;
using ModelMesh.ServiceDefaults.Prometheus.Names;
using ModelMesh.ServiceDefaults.Prometheus.Series;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>Which instrument measures which metric. Thread-safe.</summary>
internal sealed class MetricFamilies(MetricsOptions options, TimeProvider time)
{
    private readonly Lock _changing = new();
    private readonly SortedDictionary<string, MetricFamily> _byName = new(StringComparer.Ordinal);
    private readonly ObservationRound _round = new();

    /// <summary>
    /// The metric that an instrument measures: 1. none, for a kind that is not known; 2. a new one; 3. that of instruments with the same name in Prometheus, whose measurements are added up,
    /// if their kinds, units, buckets and ways to measure are the same; 4. else none, since a name can stand for one thing only.
    /// </summary>
    /// <param name="clash">Whether it is none because of another instrument.</param>
    public MetricFamily? Join(Instrument instrument, out bool clash)
    {
        clash = false;

        // 1.
        if (MetricKinds.Of(instrument) is not { } kind)
        {
            return null;
        }

        var name = MetricName.Of(instrument.Name, instrument.Unit, kind);
        lock (_changing)
        {
            // 2.
            if (!_byName.TryGetValue(name.Family, out var family))
            {
                _byName.Add(name.Family, family = Make(instrument, name, kind));
            }

            // 4.
            else if (family.Name != name || family.Kind != kind || family is ObservedFamily != instrument.IsObservable || !HasBuckets(family, instrument))
            {
                clash = true;
                return null;
            }

            // 2, 3.
            family.Instruments++;
            return family;
        }
    }

    /// <summary>An instrument measures no more.</summary>
    public void Leave(MetricFamily family)
    {
        lock (_changing)
        {
            if (--family.Instruments == 0)
            {
                _byName.Remove(family.Name.Family);
            }
        }
    }

    /// <summary>What observed instruments say from now on is news. By one caller at a time, as is <see cref="Read"/>.</summary>
    public void BeginRound() => _round.Begin();

    public IReadOnlyList<FamilySnapshot> Read() => [.. All().Select(family => new FamilySnapshot(family, family.Read()))];

    /// <summary>How many measurements found no room for a series of their own.</summary>
    public long Overflowed() => All().Sum(family => family.Overflowed);

    private static bool HasBuckets(MetricFamily family, Instrument instrument) =>
        family is not RecordedFamily { Bounds: { } bounds } || bounds.AsSpan().SequenceEqual(HistogramBounds.Of(instrument));

    private MetricFamily[] All()
    {
        lock (_changing)
        {
            return [.. _byName.Values];
        }
    }

    private MetricFamily Make(Instrument instrument, MetricName name, MetricKind kind)
    {
        var help = instrument.Description is { Length: > 0 } told ? told : $"Instrument {instrument.Name} of meter {instrument.Meter.Name}";
        if (instrument.IsObservable)
        {
            return new ObservedFamily(name, kind, help, new SeriesTable<ObservedSeries>(options.MaxSeries, labels => new ObservedSeries(labels, _round)));
        }

        var bounds = kind == MetricKind.Histogram ? HistogramBounds.Of(instrument) : null;
        var isSet = instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
        return new RecordedFamily(name, kind, help, bounds, new SeriesTable<MetricSeries>(options.MaxSeries, Series), new IdleWatch(options.IdleAfter, time));

        MetricSeries Series(string labels) =>
            bounds is not null ? new HistogramSeries(labels, bounds, time)
            : isSet ? new LastSeries(labels)
            : new SumSeries(labels, onlyUp: kind == MetricKind.Counter);
    }
}
