using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.ServiceDefaults.Instances;

/// <summary>Reads the announced instances every second, and at once when one joins, changes or leaves.</summary>
public sealed partial class InstanceDirectory : BackgroundService, IInstanceDirectory
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // An instance announces itself as soon as it is connected again; this leaves room for one that is slow to notice.
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly StoreConnection _store;
    private readonly TimeProvider _time;
    private readonly ILogger<InstanceDirectory> _logger;
    private readonly WakeSignal _wake;
    private volatile IReadOnlyList<InstanceInfo> _current = [];
    private long _connectedAt;

    public InstanceDirectory(StoreConnection store, TimeProvider time, IMeterFactory meters, ILogger<InstanceDirectory> logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        _wake = new WakeSignal(time);
        _connectedAt = time.GetTimestamp();
        store.Subscribe(store.Keys.InstanceEvents, _ => _wake.Set());
        store.Connected += OnConnected;
        meters.Create("ModelMesh.Instances").CreateObservableGauge("modelmesh.instances", () => _current.Count, "{instance}", "Registry replicas that are announced in the store, as this process knows it");
    }

    public event Action? Changed;

    public IReadOnlyList<InstanceInfo> Current => _current;

    public override void Dispose()
    {
        _store.Connected -= OnConnected;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await PassAsync();
                await _wake.WaitAsync(Interval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task PassAsync()
    {
        try
        {
            var isFresh = _time.GetElapsedTime(Volatile.Read(ref _connectedAt)) < FreshFor;
            var next = InstanceMerge.Next(_current, await ReadAsync(), isFresh);
            if (!InstanceMerge.Same(_current, next))
            {
                var membersChanged = !_current.Select(instance => instance.Id).SequenceEqual(next.Select(instance => instance.Id), StringComparer.Ordinal);
                _current = next;
                if (membersChanged)
                {
                    InstancesChanged(_logger, next.Count);
                }

                Changed?.Invoke();
            }
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // What was known stays: an instance is not gone because the store is.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            PassFailed(_logger, exception);
        }
    }

    private async Task<IReadOnlyList<InstanceInfo>> ReadAsync()
    {
        var ids = await _store.RunAsync(StoreCommands.InstanceRead, database => database.SetMembersAsync(_store.Keys.Instances));
        var texts = await _store.RunAsync(StoreCommands.InstanceRead, database => Task.WhenAll(ids.Select(id => database.StringGetAsync(_store.Keys.Instance(id.ToString())))));
        return [.. texts.Where(text => !text.IsNull).Select(text => Parse(text.ToString())).OfType<InstanceInfo>()];
    }

    private InstanceInfo? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, CatalogJson.Default.InstanceInfo);
        }
        catch (JsonException exception)
        {
            PassFailed(_logger, exception);
            return null;
        }
    }

    private void OnConnected()
    {
        Volatile.Write(ref _connectedAt, _time.GetTimestamp());
        _wake.Set();
    }

    [LoggerMessage(EventId = 141, EventName = "InstancesChanged", Level = LogLevel.Information, Message = "{Count} registry instances")]
    private static partial void InstancesChanged(ILogger logger, int count);

    [LoggerMessage(EventId = 142, EventName = "InstancesUnreadable", Level = LogLevel.Error, Message = "Reading the instances failed; trying again")]
    private static partial void PassFailed(ILogger logger, Exception exception);
}
