using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>Listens to the process's instruments from when it is made, and says how they stand. Thread-safe.</summary>
internal sealed partial class MetricsCollector : IDisposable
{
    private const string Own = "ModelMesh.Metrics";
    private static readonly string[] Meters = ["ModelMesh.", "Microsoft.AspNetCore.", "System.Net.", "System.Runtime"];

    private readonly IMeterFactory _meters;
    private readonly ILogger<MetricsCollector> _logger;
    private readonly MetricFamilies _families;
    private readonly MeterListener _listener = new();
    private readonly SingleFlight<IReadOnlyList<FamilySnapshot>> _readings;

    public MetricsCollector(IMeterFactory meters, IOptions<MetricsOptions> options, TimeProvider time, ILogger<MetricsCollector> logger)
    {
        (_meters, _logger) = (meters, logger);
        _families = new MetricFamilies(options.Value, time);
        _readings = new SingleFlight<IReadOnlyList<FamilySnapshot>>(() => Task.FromResult(Read()));
        meters.Create(Own).CreateObservableCounter(
            "modelmesh.metrics.overflows", _families.Overflowed, "{measurement}", "Measurements that /metrics shows in a series with otel_metric_overflow, since their metric had Metrics:MaxSeries already");
        _listener.InstrumentPublished = Published;
        _listener.MeasurementsCompleted = (_, family) => _families.Leave((MetricFamily)family!);
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => ((MetricFamily)family!).Record((double)value, tags));
        _listener.Start();
    }

    /// <summary>All metrics by their names, as they stood at some moment after this was called. Callers at the same time share one reading.</summary>
    public Task<IReadOnlyList<FamilySnapshot>> ReadAsync(CancellationToken cancellationToken) => _readings.RunAsync(cancellationToken);

    public void Dispose() => _listener.Dispose();

    private IReadOnlyList<FamilySnapshot> Read()
    {
        _families.BeginRound();
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException exception)
        {
            // All others have been asked all the same.
            ObservationFailed(_logger, exception);
        }

        return _families.Read();
    }

    private void Published(Instrument instrument, MeterListener listener)
    {
        if (!IsOurs(instrument.Meter))
        {
            return;
        }

        if (_families.Join(instrument, out var clash) is { } family)
        {
            listener.EnableMeasurementEvents(instrument, family);
        }
        else if (clash)
        {
            Clashed(_logger, instrument.Name, instrument.Meter.Name);
        }
    }

    // Of a meter by another factory there is another host in this process.
    private bool IsOurs(Meter meter) =>
        (meter.Scope is null || ReferenceEquals(meter.Scope, _meters)) && Array.Exists(Meters, start => meter.Name.StartsWith(start, StringComparison.Ordinal));

    [LoggerMessage(EventId = 160, EventName = "MetricClash", Level = LogLevel.Warning, Message = "/metrics leaves out instrument {Instrument} of meter {Meter}: another one has its name there, but another kind, unit or buckets")]
    private static partial void Clashed(ILogger logger, string instrument, string meter);

    [LoggerMessage(EventId = 161, EventName = "MetricUnreadable", Level = LogLevel.Warning, Message = "Some instruments could not be read, and are missing in /metrics")]
    private static partial void ObservationFailed(ILogger logger, Exception exception);
}
