namespace ModelMesh.Contracts.Traffic;

/// <summary>Sends requests that meet all its conditions to a target.</summary>
public sealed record RoutingRule : ITrafficEntry
{
    public required string Name { get; init; }

    /// <summary>Of the rules that a request meets, those with the highest priority count; from -1,000,000 to 1,000,000.</summary>
    public int Priority { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>All must hold; at most 64. Empty: every request that names no model. One that names a model meets only rules with a condition on <c>model</c>.</summary>
    public IReadOnlyList<RuleCondition> Conditions { get; init; } = [];

    /// <summary>A model or an alias.</summary>
    public required ModelTarget Target { get; init; }

    /// <summary>Its share among the rules of the same priority that a request meets, relative to theirs; from 0 (none) to 1,000,000.</summary>
    public int Weight { get; init; } = 100;

    public long Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
