namespace ModelMesh.Contracts.Catalog;

/// <summary>One of several endpoints that serve the same model version.</summary>
public sealed record ModelEndpoint
{
    /// <summary>Absolute URL; takes the place of <c>endpoint</c> in the version's backend settings.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Its share relative to the others', where the balancing looks at weights; from 1 to 1,000,000.</summary>
    public int Weight { get; init; } = 100;
}
