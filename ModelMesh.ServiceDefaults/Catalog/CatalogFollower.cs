using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>
/// Follows the catalog. Events and reconnects wake it, a timer wakes it besides, and every pass does the same:
/// 1. ask for the store's revision; 2. it is ours → nothing to do; 3. every event in between was heard → load the models they name;
/// 4. else load everything, which also covers a store that went back in time.
/// </summary>
public sealed partial class CatalogFollower : BackgroundService, ICatalog
{
    private readonly StoreConnection _store;
    private readonly StoreOptions _options;
    private readonly ILogger<CatalogFollower> _logger;
    private readonly CatalogReader _reader;
    private readonly TimeProvider _time;
    private readonly CatalogTelemetry _telemetry;
    private readonly CatalogEvents _events = new();
    private readonly SingleFlight<CatalogSnapshot> _passes;
    private readonly WakeSignal _wake;
    private volatile CatalogSnapshot _current = CatalogSnapshot.Empty;
    private volatile bool _loaded;

    public CatalogFollower(StoreConnection store, IOptions<StoreOptions> options, TimeProvider time, IMeterFactory meters, ILogger<CatalogFollower> logger)
    {
        _store = store;
        _options = options.Value;
        _logger = logger;
        _time = time;
        _telemetry = new CatalogTelemetry(meters, time, () => _current);
        _reader = new CatalogReader(store, _options.LoadTimeout, logger);
        _passes = new SingleFlight<CatalogSnapshot>(PassAsync);
        _wake = new WakeSignal(time);
        store.Subscribe(store.Keys.CatalogEvents, Hear);
        store.Connected += _wake.Set;
    }

    public event Action<CatalogChange>? Changed;

    public CatalogSnapshot Current => _current;

    /// <summary>Whether the catalog was read at least once, so that an unknown name may be called unknown.</summary>
    public bool IsLoaded => _loaded;

    public Task<CatalogSnapshot> RefreshAsync(CancellationToken cancellationToken) => _passes.RunAsync(cancellationToken);

    public override void Dispose()
    {
        _store.Connected -= _wake.Set;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
            {
                // The connection wakes this loop when the store is back.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                PassFailed(_logger, exception);
            }

            try
            {
                await _wake.WaitAsync(_options.ReconcileInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    // Passes never overlap, so this is the only writer of the snapshot, and events are raised in order.
    private async Task<CatalogSnapshot> PassAsync()
    {
        var previous = _current;
        var revision = await _reader.RevisionAsync();
        var heard = _events.Take(previous.Revision, revision);
        if (_loaded && revision == previous.Revision)
        {
            _telemetry.Compared();
            return previous;
        }

        var since = _time.GetTimestamp();
        var some = _loaded && heard is { Count: > 0 };
        var current = some ? await _reader.SomeAsync(previous, heard!) : await _reader.AllAsync(previous);
        _current = current;
        _loaded = true;
        _telemetry.Loaded(all: !some, since);
        _telemetry.Compared();
        var events = some ? CatalogDiff.Between(previous, current, NamedBy(heard!)) : CatalogDiff.Between(previous, current);
        Loaded(_logger, current.Revision, events.Count, some);
        if (events.Count > 0)
        {
            Changed?.Invoke(new CatalogChange(previous, current, events));
        }

        return current;
    }

    private static IEnumerable<ModelId> NamedBy(IEnumerable<CatalogEvent> heard)
    {
        foreach (var text in heard.Select(one => one.Id).Distinct(StringComparer.Ordinal))
        {
            if (ModelId.TryParse(text, out var id))
            {
                yield return id;
            }
        }
    }

    private void Hear(string message)
    {
        try
        {
            if (JsonSerializer.Deserialize(message, CatalogJson.Default.CatalogEvent) is { } heard)
            {
                _events.Add(heard);
            }
        }
        catch (JsonException)
        {
            // Whatever it was, the pass it causes finds the truth.
        }

        _wake.Set();
    }
}
