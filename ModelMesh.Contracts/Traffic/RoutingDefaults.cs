namespace ModelMesh.Contracts.Traffic;

/// <summary>Where requests go that nothing else routes, and what is tried when what they were routed to cannot serve. There is one.</summary>
public sealed record RoutingDefaults : ITrafficEntry
{
    /// <summary>The name of the one entry.</summary>
    public const string Name = "defaults";

    /// <summary>Serves requests that name no model, where no rule and no capability decides; a model or an alias. Null: such requests are refused.</summary>
    public ModelTarget? Default { get; init; }

    /// <summary>Tried in this order when what a request that named no model was routed to cannot serve it; models or aliases, at most 16.</summary>
    public IReadOnlyList<ModelTarget> Fallbacks { get; init; } = [];

    /// <summary>For requests that name this model or alias: what is tried in its place when it cannot serve them. At most 16 each.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ModelTarget>> ModelFallbacks { get; init; } =
        new Dictionary<string, IReadOnlyList<ModelTarget>>(StringComparer.Ordinal);

    public long Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
