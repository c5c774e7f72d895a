using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Registry.Endpoints;

/// <summary>One endpoint of a runtime: the backend that calls it, and what this replica knows of it. Thread-safe.</summary>
/// <param name="address">Its URL; null for the one that the plugin's type has by itself.</param>
/// <param name="weight">Its share relative to the others'.</param>
/// <param name="backend">Becomes the endpoint's own.</param>
/// <param name="rules">When its breaker opens.</param>
internal sealed class RuntimeEndpoint(string? address, int weight, IBackend backend, ModelResilience rules, TimeProvider time)
{
    private static readonly TimeSpan LongestOpen = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OutcomeStep = TimeSpan.FromSeconds(3);

    // A timer may fire a little before its time, and whoever waited as the upstream asked is not to be refused for that.
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(20);

    private IBackend? _backend = backend;
    private IEmbeddingGenerator<string, Embedding<float>>? _embeddings = backend.Embeddings;
    private int _inFlight;
    private volatile string? _lastFailure;

    public string Key { get; } = address ?? "";

    /// <summary>Its address as operators see it, without a query; null for the one that the plugin's type has by itself.</summary>
    public string? Shown { get; } = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Path) : null;

    public int Weight { get; } = weight;

    /// <summary>The backend. Only while the runtime is pinned.</summary>
    public IBackend Backend => _backend!;

    /// <summary>What makes embeddings; null when the backend has none. Only while the runtime is pinned. Read once: it is the plugin's code.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => _embeddings;

    /// <summary>What of a request the backend passes on. Read once.</summary>
    public ChatFeatures Features { get; } = backend.Features;

    /// <summary>Whether the plugin has a health check of its own.</summary>
    public bool CanBeProbed { get; } = BackendCheck.IsImplementedBy(backend);

    public CircuitBreaker Breaker { get; } =
        new(new CircuitRules(rules.BreakerFailures, TimeSpan.FromMilliseconds(rules.BreakerOpenMs), LongestOpen), time);

    public RateLimitHold Hold { get; } = new(time);

    /// <summary>Calls of the last 30 s that ended, and those of them that failed.</summary>
    public RecentCounts Outcomes { get; } = new(OutcomeStep, time);

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>What went wrong last, fit to be shown; null before anything did.</summary>
    public string? LastFailure => _lastFailure;

    /// <summary>Whether it would take a request at this moment.</summary>
    public bool Takes => Breaker.Admits && Hold.Left <= TimerSlack;

    /// <summary>How long until it may take one again; zero when it would now.</summary>
    public TimeSpan TakesIn => Hold.Left is var held && Breaker.UntilProbe is var open && held > open ? held : open;

    /// <summary>Whether its last call failed, as far as that was the upstream's fault.</summary>
    public bool IsFailing => Breaker.Failures > 0;

    public void Began() => Interlocked.Increment(ref _inFlight);

    public void Ended() => Interlocked.Decrement(ref _inFlight);

    public void NoteFailure(string? shown) => _lastFailure = shown;

    /// <summary>Disposes the backend. Once, when nothing uses it any more.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _backend!.DisposeAsync();
        }
        finally
        {
            // Nothing may lead into the plugin's context any more, or it never unloads.
            _backend = null;
            _embeddings = null;
        }
    }
}
