using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Secrets;
using ModelMesh.ServiceDefaults.Lifetimes;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// One revision of a model on one plugin build, able to serve. A stream pins it for as long as it runs; the owner's own pin goes when a newer
/// one takes its place. With the last pin the backend is disposed and the build let go. Thread-safe.
/// </summary>
internal sealed partial class ModelRuntime(
    ModelVersion model,
    PluginBuild build,
    IBackend backend,
    KnownSecrets secrets,
    RuntimeHealth health,
    RateLimitHold hold,
    ILogger logger)
{
    private readonly UseCount _pins = new();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PluginBuild? _build = build;
    private IBackend? _backend = backend;
    private IEmbeddingGenerator<string, Embedding<float>>? _embeddings = backend.Embeddings;

    public ModelVersion Model { get; } = model;

    /// <summary>What the backend was given and must not be told or logged: everything that comes from it, but its answers, is redacted with these.</summary>
    public KnownSecrets Secrets { get; } = secrets;

    /// <summary>What is known of its upstream.</summary>
    public RuntimeHealth Health { get; } = health;

    /// <summary>Completes when the backend has been disposed.</summary>
    public Task Disposed => _disposed.Task;

    /// <summary>What of a request the backend passes on. Read once: it is the plugin's code.</summary>
    public ChatFeatures Features { get; } = backend.Features;

    /// <summary>The backend. Only while a pin is held.</summary>
    public IBackend Backend => _backend!;

    /// <summary>What makes embeddings; null when the backend has none. Only while a pin is held. Read once: it is the plugin's code.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => _embeddings;

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

    /// <exception cref="MeshException"><c>rate_limited</c>, with the time that is left: its upstream asked to wait.</exception>
    public void ThrowIfHeld()
    {
        if (hold.Left is { Ticks: > 0 } left)
        {
            throw RateLimitHold.Error(left);
        }
    }

    /// <summary>A call to the backend has ended: its health and the hold learn from it.</summary>
    /// <param name="failure">What it threw; null when it ended in good order.</param>
    /// <param name="adapter">Which of the model's adapters it was of; null for the model itself.</param>
    /// <param name="stopReason">Why the mesh ended it, if it did.</param>
    /// <param name="callerGone">Whether nobody waited for it any more.</param>
    public void Ended(Exception? failure, string? adapter, MeshException? stopReason, bool callerGone)
    {
        // An adapter that the upstream does not know says nothing of the model, which it may well know.
        if (adapter is null || failure is not BackendException { Kind: BackendErrorKind.NotFound })
        {
            Health.Observe(TrafficOutcome.Of(failure, stopReason, callerGone).Shown(Secrets));
        }

        hold.Observe(failure);
    }

    private async Task DisposeAsync()
    {
        try
        {
            await _backend!.DisposeAsync();
        }
        catch (Exception exception)
        {
            DisposeFailed(logger, Model.Id.ToString(), Model.Revision, exception.GetType().Name, Secrets.Redact(exception.Message));
        }

        // Nothing may lead into the plugin's context any more, or it never unloads.
        _backend = null;
        _embeddings = null;
        _build!.Release();
        _build = null;
        _disposed.SetResult();
    }

    // The exception itself is not logged: a sink that keeps it would keep the plugin loaded.
    [LoggerMessage(EventId = 207, EventName = "BackendDisposeFailed", Level = LogLevel.Warning, Message = "The backend of {Model} revision {Revision} failed to dispose: {Error}: {Reason}")]
    private static partial void DisposeFailed(ILogger logger, string model, long revision, string error, string reason);
}
