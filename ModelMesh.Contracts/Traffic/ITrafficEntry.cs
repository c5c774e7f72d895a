namespace ModelMesh.Contracts.Traffic;

/// <summary>Something of the catalog that is no model, but says which traffic models get. Immutable; a change makes a new one with a higher revision.</summary>
public interface ITrafficEntry
{
    /// <summary>The catalog's revision at its last change.</summary>
    long Revision { get; init; }

    DateTimeOffset CreatedAt { get; init; }

    DateTimeOffset UpdatedAt { get; init; }
}
