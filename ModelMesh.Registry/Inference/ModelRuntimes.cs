using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// The runtime of every model version: made eagerly after a change, so that no request pays for it, and lazily where a request is faster.
/// </summary>
internal sealed partial class ModelRuntimes(ICatalog catalog, PluginHost plugins, RuntimeMaker maker, TimeProvider time, ILogger<ModelRuntimes> logger) : IAsyncDisposable
{
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ModelId, RuntimeSlot> _slots = new();
    private readonly ConcurrentDictionary<ModelRuntime, byte> _alive = new();
    private volatile bool _disposed;

    /// <summary>Runtimes whose backend is not disposed yet, replaced ones that streams still run on among them.</summary>
    public int Alive => _alive.Count;

    /// <summary>Raised when traffic changed what is known of an upstream. Handlers must be quick and must not throw.</summary>
    public event Action? HealthChanged;

    /// <summary>The current runtimes, one a model version, of those that have one.</summary>
    public IEnumerable<ModelRuntime> Serving => _slots.Select(slot => slot.Value.State.Runtime).OfType<ModelRuntime>();

    /// <summary>The current runtime of a model version, if it has one. It may be disposed at any time unless it is pinned.</summary>
    public ModelRuntime? Find(ModelId id) => _slots.GetValueOrDefault(id)?.State.Runtime;

    /// <summary>
    /// Pins the runtime of the newest revision this replica knows: 1. look it up, 2. where it is not the current one, have it replaced and wait,
    /// 3. pin it, 4. where it was replaced between 1 and 3, start again. Completes synchronously, without allocating, where it is the current one.
    /// </summary>
    /// <exception cref="MeshException"><c>model_not_found</c>, or <c>backend_unavailable</c> with the reason why the model failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up waiting.</exception>
    public async ValueTask<ModelRuntime> PinAsync(ModelId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);

            // 1.
            if (catalog.Current.Find(id) is not { } model)
            {
                throw new MeshException(ErrorCode.ModelNotFound, $"No version '{id.Version}' of model '{id.Name}' is registered.");
            }

            var slot = _slots.GetOrAdd(id, Slot);
            var state = slot.State;
            if (!state.Serves(model, plugins.Find(model.BackendType)))
            {
                // 2.
                await Update(id, slot).WaitAsync(cancellationToken);
                continue;
            }

            // 3.
            if (state.Runtime is null)
            {
                // Plugins and secrets are each replica's own: another one may well have what is missing here.
                throw new MeshException(ErrorCode.BackendUnavailable, state.Failure) { RetryElsewhere = true };
            }

            if (state.Runtime.TryPin())
            {
                return state.Runtime;
            }

            // 4.
        }
    }

    /// <summary>Has a model come in line with catalog and plugins, and waits for it, a moment at most.</summary>
    public async Task SettleAsync(ModelId id, CancellationToken cancellationToken)
    {
        if (!plugins.Scanned || catalog.Current.Find(id) is null)
        {
            return;
        }

        try
        {
            await Update(id, _slots.GetOrAdd(id, Slot)).WaitAsync(SettleLimit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Its plugin is slow; the status says so.
        }
    }

    public ModelStatus StatusOf(ModelVersion model)
    {
        if (model.Draining)
        {
            return new ModelStatus("draining");
        }

        if (!plugins.Scanned || !_slots.TryGetValue(model.Id, out var slot))
        {
            return new ModelStatus("pending");
        }

        var state = slot.State;
        return slot.Loading || !state.Serves(model, plugins.Find(model.BackendType)) ? new ModelStatus("loading")
            : state.Runtime is null ? new ModelStatus("failed", state.Failure)
            : new ModelStatus("ready");
    }

    /// <summary>Has every model come in line with catalog and plugins, without waiting for any: a plugin that hangs holds up its own models only.</summary>
    public void Reconcile()
    {
        var models = catalog.Current;
        foreach (var model in models.All)
        {
            var slot = _slots.GetOrAdd(model.Id, Slot);
            if (!slot.State.Serves(model, plugins.Find(model.BackendType)) || slot.State.Build is null)
            {
                _ = Update(model.Id, slot);
            }
        }

        foreach (var (id, slot) in _slots)
        {
            if (models.Find(id) is null)
            {
                _ = Update(id, slot);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        foreach (var slot in _slots.Values)
        {
            slot.Close();
        }

        try
        {
            await Task.WhenAll(_alive.Keys.Select(runtime => runtime.Disposed)).WaitAsync(DisposeLimit);
        }
        catch (TimeoutException)
        {
            LeftOver(logger, _alive.Count);
        }
    }

    private RuntimeSlot Slot(ModelId id) => new(id, catalog, plugins, maker, Track);

    private Task Update(ModelId id, RuntimeSlot slot)
    {
        if (!slot.TryUpdate(out var moved))
        {
            _slots.TryRemove(KeyValuePair.Create(id, slot));
        }

        return moved;
    }

    private void Track(ModelRuntime runtime)
    {
        _alive.TryAdd(runtime, 0);
        runtime.Health.Changed += () => HealthChanged?.Invoke();
        _ = runtime.Disposed.ContinueWith(_ => _alive.TryRemove(runtime, out var _), TaskScheduler.Default);
    }

    [LoggerMessage(EventId = 208, EventName = "BackendsLeftOver", Level = LogLevel.Warning, Message = "{Count} backends did not dispose in time")]
    private static partial void LeftOver(ILogger logger, int count);
}
