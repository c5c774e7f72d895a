using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// The place of one model version: its current runtime, replaced when the catalog or the plugin moved on. Reading is lock-free. Under the lock
/// it is only decided what has to be made, so that a backend is made once however many ask; the plugin makes it outside, where it holds up
/// nobody but those who wait for this very runtime. What it makes too late is disposed.
/// </summary>
internal sealed class RuntimeSlot(ModelId id, ICatalog catalog, PluginHost plugins, RuntimeMaker maker, Action<ModelRuntime> created)
{
    private readonly Lock _lock = new();
    private volatile RuntimeState _state = RuntimeState.None;
    private volatile RuntimeAttempt? _attempt;
    private bool _closed;

    public RuntimeState State => _state;

    public bool Loading => _attempt is not null;

    /// <summary>
    /// Has it move to what catalog and plugins say now: 1. the model is gone, close; 2. it is there already; 3. no plugin, so that is the state;
    /// 4. that runtime is just being made; 5. make it. Never waits for a plugin.
    /// </summary>
    /// <param name="moved">Completes once it has moved, or has to be asked again; never fails.</param>
    /// <returns>False when it is closed and has to be dropped.</returns>
    public bool TryUpdate(out Task moved)
    {
        moved = Task.CompletedTask;
        RuntimeAttempt attempt;
        lock (_lock)
        {
            // 1. Read inside the lock, so a slower caller with an older view can never put the older runtime back.
            if (_closed || catalog.Current.Find(id) is not { } model)
            {
                _closed = true;
                Move(RuntimeState.None);
                return false;
            }

            // 2.
            var build = plugins.Find(model.BackendType);
            if (_state.Serves(model, build) && (build is not null || _state.Failure == plugins.WhyMissing(model.BackendType)))
            {
                return true;
            }

            // 3.
            if (build is null)
            {
                Move(new RuntimeState(model.Revision, null, null, plugins.WhyMissing(model.BackendType)));
                return true;
            }

            // 4.
            if (_attempt is { } current && current.IsFor(model, build))
            {
                moved = current.Over;
                return true;
            }

            // 5.
            if (!build.TryUse())
            {
                // The build was replaced this very moment; the plugin host announces its successor.
                return true;
            }

            attempt = new RuntimeAttempt(model, build);
            Await(attempt);
        }

        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Slot.Make(work.Attempt), (Slot: this, Attempt: attempt), preferLocal: false);
        moved = attempt.Over;
        return true;
    }

    /// <summary>Lets go of the runtime for good.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Move(RuntimeState.None);
        }
    }

    private void Make(RuntimeAttempt attempt)
    {
        var made = maker.Make(attempt, created, tooLate: failed => TryMove(attempt, failed));
        if (!TryMove(attempt, made))
        {
            made.Runtime?.Unpin();
        }
    }

    // False when the attempt took too long or was overtaken.
    private bool TryMove(RuntimeAttempt attempt, RuntimeState next)
    {
        lock (_lock)
        {
            if (_attempt != attempt)
            {
                return false;
            }

            Move(next);
            return true;
        }
    }

    private void Move(RuntimeState next)
    {
        var before = _state;
        _state = next;
        Await(null);
        before.Runtime?.Unpin();
    }

    // Whoever waits for the attempt before looks again at once.
    private void Await(RuntimeAttempt? attempt)
    {
        var before = _attempt;
        _attempt = attempt;
        before?.SetOver();
    }
}
