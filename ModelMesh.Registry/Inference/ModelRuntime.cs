using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Secrets;
using ModelMesh.ServiceDefaults.Lifetimes;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// One revision of a model on one plugin build, able to serve. A stream pins it for as long as it runs; the owner's own pin goes when a newer
/// one takes its place. With the last pin its endpoints' backends are disposed and the build let go. Thread-safe.
/// </summary>
internal sealed partial class ModelRuntime(
    ModelVersion model,
    PluginBuild build,
    RuntimeEndpoints endpoints,
    KnownSecrets secrets,
    RuntimeHealth health,
    ILogger logger)
{
    private readonly UseCount _pins = new();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PluginBuild? _build = build;

    public ModelVersion Model { get; } = model;

    /// <summary>Where its requests go.</summary>
    public RuntimeEndpoints Endpoints { get; } = endpoints;

    /// <summary>What the backends were given and must not be told or logged: everything that comes from them, but their answers, is redacted with these.</summary>
    public KnownSecrets Secrets { get; } = secrets;

    /// <summary>What is known of its upstream.</summary>
    public RuntimeHealth Health { get; } = health;

    /// <summary>Completes when the backends have been disposed.</summary>
    public Task Disposed => _disposed.Task;

    /// <summary>What of a request the backends pass on, every one of them.</summary>
    public ChatFeatures Features { get; } = endpoints.All.Aggregate(ChatFeatures.All, (features, endpoint) => features & endpoint.Features);

    /// <summary>The first endpoint's backend. Only while a pin is held.</summary>
    public IBackend Backend => Endpoints.All[0].Backend;

    /// <summary>Whether it makes embeddings. Only while a pin is held.</summary>
    public bool MakesEmbeddings => Endpoints.All.All(endpoint => endpoint.Embeddings is not null);

    /// <summary>Pins it, or returns false when it is being disposed: its successor is in place by then.</summary>
    public bool TryPin() => _pins.TryAdd();

    public void Unpin()
    {
        if (_pins.Release())
        {
            // A plugin's dispose may block, and whoever unpins last is a stream that has an answer to finish.
            _ = Task.Run(DisposeAsync);
        }
    }

    /// <exception cref="MeshException"><c>backend_unavailable</c> or <c>rate_limited</c>, with the time until then: no endpoint takes a request now.</exception>
    public void ThrowIfHeld() => Endpoints.ThrowIfNoneTakes();

    /// <summary>
    /// A call to one of its endpoints has ended, and the endpoint has learned from it: so does its health. 1. What failed at one of several endpoints says nothing while
    /// another does not fail; 2. anything else counts.
    /// </summary>
    public void Observe(TrafficOutcome shown)
    {
        if (shown.Error is null || Endpoints.All.Count == 1 || Endpoints.All.All(endpoint => endpoint.IsFailing))
        {
            Health.Observe(shown);
        }
    }

    private async Task DisposeAsync()
    {
        foreach (var endpoint in Endpoints.All)
        {
            try
            {
                await endpoint.DisposeAsync();
            }
            catch (Exception exception)
            {
                DisposeFailed(logger, Model.Id.ToString(), Model.Revision, exception.GetType().Name, Secrets.Redact(exception.Message));
            }
        }

        // Nothing may lead into the plugin's context any more, or it never unloads.
        _build!.Release();
        _build = null;
        _disposed.SetResult();
    }

    // The exception itself is not logged: a sink that keeps it would keep the plugin loaded.
    [LoggerMessage(EventId = 207, EventName = "BackendDisposeFailed", Level = LogLevel.Warning, Message = "The backend of {Model} revision {Revision} failed to dispose: {Error}: {Reason}")]
    private static partial void DisposeFailed(ILogger logger, string model, long revision, string error, string reason);
}
