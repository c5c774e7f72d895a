using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>What a model version is served by at one moment: a runtime, or the reason why there is none.</summary>
internal sealed record RuntimeState(long Revision, PluginBuild? Build, ModelRuntime? Runtime, string? Failure)
{
    public static RuntimeState None { get; } = new(-1, null, null, null);

    public bool Serves(ModelVersion model, PluginBuild? build) => Revision == model.Revision && ReferenceEquals(Build, build);
}

/// <summary>
/// The place of one model version: its current runtime, replaced when the catalog or the plugin moved on. Reading is lock-free; only a
/// replacement is made under a lock, so that a backend is made once however many ask.
/// </summary>
internal sealed partial class RuntimeSlot(ModelId id, ICatalog catalog, PluginHost plugins, BackendMaker maker, Action<ModelRuntime> created, ILogger logger)
{
    private readonly Lock _lock = new();
    private volatile RuntimeState _state = RuntimeState.None;
    private volatile bool _loading;
    private bool _closed;

    public RuntimeState State => _state;

    public bool Loading => _loading;

    /// <summary>Moves to what catalog and plugins say now. False when the model is gone: the slot is closed and has to be dropped.</summary>
    public bool Update()
    {
        lock (_lock)
        {
            // Read inside the lock, so a slower caller with an older view can never put the older runtime back.
            if (_closed || catalog.Current.Find(id) is not { } model)
            {
                Retire(RuntimeState.None);
                _closed = true;
                return false;
            }

            var build = plugins.Find(model.BackendType);
            if (_state.Serves(model, build) && (build is not null || _state.Failure == plugins.WhyMissing(model.BackendType)))
            {
                return true;
            }

            _loading = true;
            Retire(Make(model, build));
            _loading = false;
            return true;
        }
    }

    /// <summary>Lets go of the runtime for good.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Retire(RuntimeState.None);
        }
    }

    private RuntimeState Make(ModelVersion model, PluginBuild? build)
    {
        if (build is null)
        {
            return new RuntimeState(model.Revision, null, null, plugins.WhyMissing(model.BackendType));
        }

        if (!build.TryUse())
        {
            // The build was replaced this very moment; the plugin host announces its successor.
            return RuntimeState.None;
        }

        try
        {
            var runtime = new ModelRuntime(model, build, maker.Make(build, model, model.Revision), logger);
            created(runtime);
            return new RuntimeState(model.Revision, build, runtime, null);
        }
        catch (Exception exception)
        {
            build.Release();
            var reason = exception is BackendSettingsException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
            BackendFailed(logger, id.ToString(), model.Revision, reason);
            return new RuntimeState(model.Revision, build, null, reason);
        }
    }

    private void Retire(RuntimeState next)
    {
        var before = _state;
        _state = next;
        before.Runtime?.Unpin();
    }

    [LoggerMessage(EventId = 206, EventName = "BackendFailed", Level = LogLevel.Warning, Message = "No backend for {Model} revision {Revision}: {Reason}")]
    private static partial void BackendFailed(ILogger logger, string model, long revision, string reason);
}
