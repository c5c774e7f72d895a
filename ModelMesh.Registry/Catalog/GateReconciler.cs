using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Catalog;

/// <summary>
/// Finishes what a crash left between catalog and gates, on every replica: each step may be done twice. For each model whose gate was not
/// yet seen at its revision, and for each that drains:
/// 1. no gate or an older one (a registration or update stopped) → write it;
/// 2. closed at the model's revision (a deletion stopped) → remove the model, or open it again where something refers to it by now;
/// 3. draining → close if idle, then remove.
/// A gate that was seen right is not asked about again until the model changes, a request finds it closed, the store comes back, or a minute
/// has passed, so the pass costs nothing with ten thousand quiet models.
/// </summary>
internal sealed partial class GateReconciler : BackgroundService
{
    // Enough to fill a round trip, few enough to leave the connection to requests.
    private const int Batch = 200;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly ICatalog _catalog;
    private readonly Gates _gates;
    private readonly CatalogWriter _writer;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<GateReconciler> _logger;
    private readonly StoreConnection _store;
    private readonly WakeSignal _wake;
    private readonly Dictionary<ModelId, long> _seen = [];
    private readonly ConcurrentDictionary<ModelId, byte> _suspects = new();
    private volatile bool _forget;
    private long _lookedAt;

    public GateReconciler(
        ICatalog catalog, Gates gates, CatalogWriter writer, StoreConnection store, IOptions<StoreOptions> options, TimeProvider time, ILogger<GateReconciler> logger)
    {
        (_catalog, _gates, _writer, _store, _options, _time, _logger) = (catalog, gates, writer, store, options.Value, time, logger);
        _wake = new WakeSignal(time);
        _lookedAt = time.GetTimestamp();
        store.Connected += OnConnected;
        gates.FoundClosed += OnFoundClosed;
    }

    /// <summary>Has the next pass begin now: a model was set to drain and may be idle.</summary>
    public void Wake() => _wake.Set();

    public override void Dispose()
    {
        _store.Connected -= OnConnected;
        _gates.FoundClosed -= OnFoundClosed;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_options.ReconcileInterval, stoppingToken);
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

    /// <summary>One pass over the catalog as this replica has it.</summary>
    internal async Task PassAsync(CancellationToken cancellationToken)
    {
        if (_forget || _time.GetElapsedTime(_lookedAt) >= LookAgain)
        {
            _forget = false;
            _lookedAt = _time.GetTimestamp();
            _seen.Clear();
        }

        foreach (var id in _suspects.Keys)
        {
            _suspects.TryRemove(id, out _);
            _seen.Remove(id);
        }

        var due = _catalog.Current.All.Where(model => model.Draining || _seen.GetValueOrDefault(model.Id) != model.Revision).ToList();
        if (due.Count == 0)
        {
            return;
        }

        // An old snapshot would do no harm, the scripts compare revisions; a fresh one saves them the work.
        var fresh = await _catalog.RefreshAsync(cancellationToken);
        foreach (var batch in due.Select(model => fresh.Find(model.Id)).OfType<ModelVersion>().Chunk(Batch))
        {
            var right = await Task.WhenAll(batch.Select(ReconcileAsync));
            for (var i = 0; i < batch.Length; i++)
            {
                if (right[i])
                {
                    _seen[batch[i].Id] = batch[i].Revision;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // True when gate and catalog agree and nothing is left to do.
    private async Task<bool> ReconcileAsync(ModelVersion model)
    {
        // 1. Writes only where the gate is behind.
        var gate = await _gates.WriteAsync(model);

        // 2.
        if (gate.ClosesFor(model))
        {
            await RemoveAsync(model);
            return false;
        }

        // 3.
        if (model.Draining)
        {
            if (await _gates.CloseIfIdleAsync(model) is GateClosing.Closed)
            {
                await RemoveAsync(model);
            }

            return false;
        }

        return gate.Revision == model.Revision;
    }

    private async Task RemoveAsync(ModelVersion model)
    {
        try
        {
            if (await _writer.RemoveClosedAsync(model))
            {
                Removed(_logger, model.Id, model.Revision);
            }
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.Conflict)
        {
            Kept(_logger, model.Id, exception.Message);
        }
    }

    private void OnFoundClosed(ModelId id)
    {
        _suspects.TryAdd(id, 0);
        _wake.Set();
    }

    private void OnConnected()
    {
        _forget = true;
        _wake.Set();
    }
}
