using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>
/// Carries health between this replica and the store, off the request path. Each pass: 1. tell what traffic has said; 2. forget models that are gone; 3. read the
/// records that were announced as changed, and every few seconds all of them. A changed state, an announcement and the store's return begin a pass at once.
/// </summary>
internal sealed partial class HealthSync : BackgroundService
{
    // Enough to fill a round trip, few enough to leave the connection to requests.
    private const int Batch = 200;

    private readonly ICatalog _catalog;
    private readonly ModelRuntimes _runtimes;
    private readonly HealthStore _records;
    private readonly HealthReporter _reporter;
    private readonly HealthBoard _board;
    private readonly StoreConnection _store;
    private readonly HealthOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<HealthSync> _logger;
    private readonly WakeSignal _wake;
    private readonly ConcurrentDictionary<ModelId, long> _gone = new();
    private readonly ConcurrentDictionary<ModelId, byte> _heard = new();
    private long _readAt;

    public HealthSync(
        ICatalog catalog,
        ModelRuntimes runtimes,
        HealthStore records,
        HealthReporter reporter,
        HealthBoard board,
        StoreConnection store,
        IOptions<HealthOptions> options,
        TimeProvider time,
        ILogger<HealthSync> logger)
    {
        (_catalog, _runtimes, _records, _reporter, _board, _store, _options, _time, _logger) = (catalog, runtimes, records, reporter, board, store, options.Value, time, logger);
        _wake = new WakeSignal(time);
        catalog.Changed += OnCatalogChanged;
        runtimes.HealthChanged += _wake.Set;
        store.Connected += _wake.Set;
        store.Subscribe(store.Keys.HealthEvents, Hear);
    }

    public override void Dispose()
    {
        _catalog.Changed -= OnCatalogChanged;
        _runtimes.HealthChanged -= _wake.Set;
        _store.Connected -= _wake.Set;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(HealthPace.Reading(_options, records: 0), stoppingToken);
                try
                {
                    await PassAsync(stoppingToken);
                }
                catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
                {
                    // The connection wakes this loop when the store is back.
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    PassFailed(_logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        // 1.
        foreach (var batch in News().Chunk(Batch))
        {
            await Task.WhenAll(batch.Select(news => TellAsync(news.Runtime, news.What)));
            cancellationToken.ThrowIfCancellationRequested();
        }

        // 2.
        foreach (var (id, removedAt) in _gone)
        {
            await _records.ForgetAsync(id, removedAt);
            _gone.TryRemove(id, out _);
        }

        // 3.
        var all = _catalog.Current.All;
        var readsAll = _readAt == 0 || _time.GetElapsedTime(_readAt) >= HealthPace.Reading(_options, all.Count);
        foreach (var batch in (readsAll ? all.Select(model => model.Id) : Heard()).Chunk(Batch))
        {
            var records = await _records.ReadAsync(batch);
            foreach (var (id, record) in batch.Zip(records))
            {
                _board.Put(id, record);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        _readAt = readsAll ? _time.GetTimestamp() : _readAt;
    }

    private IEnumerable<(ModelRuntime Runtime, LocalHealth What)> News()
    {
        foreach (var runtime in _runtimes.Serving)
        {
            if (_catalog.Current.Find(runtime.Model.Id) is not null && runtime.Health.ToTell(HealthPace.Telling(_options)) is { } what)
            {
                yield return (runtime, what);
            }
        }
    }

    private async Task TellAsync(ModelRuntime runtime, LocalHealth what)
    {
        await _reporter.ReportAsync(runtime, HealthSource.Passive, what.Standing, what.Error);
        runtime.Health.Told(what);
    }

    private List<ModelId> Heard()
    {
        List<ModelId> heard = [];
        foreach (var id in _heard.Keys)
        {
            _heard.TryRemove(id, out _);
            if (_catalog.Current.Find(id) is not null)
            {
                heard.Add(id);
            }
        }

        return heard;
    }

    private void Hear(string message)
    {
        if (ModelId.TryParse(message, out var id))
        {
            _heard.TryAdd(id, 0);
            _wake.Set();
        }
    }

    private void OnCatalogChanged(CatalogChange change)
    {
        foreach (var heard in change.Events)
        {
            if (heard.Kind == CatalogEventKinds.Deleted && ModelId.TryParse(heard.Id, out var id))
            {
                _board.Put(id, null);
                _gone[id] = heard.Revision;
                _wake.Set();
            }
        }
    }

    [LoggerMessage(EventId = 151, EventName = "HealthSyncFailed", Level = LogLevel.Error, Message = "Sharing the health of models failed; trying again")]
    private static partial void PassFailed(ILogger logger, Exception exception);
}
