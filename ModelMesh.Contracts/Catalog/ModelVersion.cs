using System.Text.Json;

namespace ModelMesh.Contracts.Catalog;

/// <summary>One registered version of a model: what the catalog holds. Immutable; a change makes a new one with a higher revision.</summary>
public sealed record ModelVersion
{
    /// <summary>Any printable text of 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Any printable text of 1 to 200 characters.</summary>
    public required string Version { get; init; }

    /// <summary>The type of a backend plugin, e.g. <c>mock</c>.</summary>
    public required string BackendType { get; init; }

    /// <summary>The plugin's own settings, a JSON object. Secrets in it are references (<c>env:NAME</c>, <c>file:/path</c>).</summary>
    public JsonElement Backend { get; init; } = EmptyObject;

    /// <summary>How many requests may be in flight at once over the whole mesh; at least 1.</summary>
    public int MaxConcurrency { get; init; } = 1;

    /// <summary>How many requests may wait for a slot over the whole mesh, from 0 (none, a full model refuses at once) to 100,000.</summary>
    public int MaxQueue { get; init; }

    /// <summary>How long a request may wait for a slot, in milliseconds; from 1 to 3,600,000.</summary>
    public int QueueTimeoutMs { get; init; } = 30_000;

    /// <summary>Share of the traffic that names no version, relative to the other versions' weights; 0 takes none.</summary>
    public int Weight { get; init; } = 100;

    /// <summary>The catalog's revision at which the weight was last set apart from the rest; 0 when it never was. It makes no new revision of the version.</summary>
    public long WeightRevision { get; init; }

    /// <summary>A shadow version takes no traffic that does not name it.</summary>
    public bool Shadow { get; init; }

    /// <summary>Which part of the name's requests a shadow version gets a copy of, in percent; from 0 to 100.</summary>
    public double ShadowSample { get; init; } = 100;

    /// <summary>At most 256.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>At most 256.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of the LoRA adapters that the backend serves on top of this model; at most 256.</summary>
    public IReadOnlyList<string> Adapters { get; init; } = [];

    public ModelTimeouts Timeouts { get; init; } = new();

    /// <summary>Several endpoints for this version; empty: the one of the backend settings. At most 64, no two with the same address.</summary>
    public IReadOnlyList<ModelEndpoint> Backends { get; init; } = [];

    /// <summary>How an endpoint is chosen: one of <see cref="BalancingPolicies"/>.</summary>
    public string Balancing { get; init; } = BalancingPolicies.LeastInFlight;

    public ModelResilience Resilience { get; init; } = new();

    /// <summary>Null: answers are kept for requests that ask for it only.</summary>
    public ModelCache? Cache { get; init; }

    /// <summary>What it costs, in any unit that is the same for all models; from 0 to 1e12. Of several that could serve a request without a model the cheapest does.</summary>
    public double Cost { get; init; }

    /// <summary>True once an operator asked to drain: nothing new is admitted, and the version is deleted when idle.</summary>
    public bool Draining { get; init; }

    /// <summary>The catalog's revision at which this version was last changed, so a later change always has the higher one.</summary>
    public long Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public ModelId Id => new(Name, Version);

    private static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement;
}
