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

    /// <summary>Share of the traffic that names no version, relative to the other versions' weights; 0 takes none.</summary>
    public int Weight { get; init; } = 100;

    /// <summary>A shadow version takes no traffic that does not name it.</summary>
    public bool Shadow { get; init; }

    /// <summary>At most 256.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>At most 256.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of the LoRA adapters that the backend serves on top of this model; at most 256.</summary>
    public IReadOnlyList<string> Adapters { get; init; } = [];

    public ModelTimeouts Timeouts { get; init; } = new();

    /// <summary>True once an operator asked to drain: nothing new is admitted, and the version is deleted when idle.</summary>
    public bool Draining { get; init; }

    /// <summary>The catalog's revision at which this version was last changed, so a later change always has the higher one.</summary>
    public long Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public ModelId Id => new(Name, Version);

    private static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement;
}
