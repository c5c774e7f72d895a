namespace ModelMesh.Contracts.Traffic;

/// <summary>Another name for a model or one of its versions, switched in one step.</summary>
public sealed record Alias : ITrafficEntry
{
    /// <summary>The alias itself, as long as a model's name may be. Not a model's name.</summary>
    public required string Name { get; init; }

    /// <summary>A registered model; not another alias.</summary>
    public required ModelTarget Target { get; init; }

    public long Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
