namespace ModelMesh.Gateway.Routing;

/// <summary>What every request says of the model it wants.</summary>
internal abstract class ModelRequest
{
    /// <summary>The model's name, or a reference to one.</summary>
    public required string Model { get; init; }

    /// <summary>Whether <see cref="Model"/> may also be <c>name@version</c> or <c>name:adapter</c>.</summary>
    public bool IsReference { get; init; }

    /// <summary>A tag that an API's clients add to a name without one, as <c>:latest</c>: where a reference that ends with it is not known, it is read without it.</summary>
    public string? DefaultTag { get; init; }

    /// <summary>Null: split by weight among the model's versions.</summary>
    public string? Version { get; init; }

    /// <summary>Requests with one key go to one version, as far as weights allow.</summary>
    public string? HashKey { get; init; }
}
