namespace ModelMesh.Contracts.Traffic;

/// <summary>Where requests are to go: a registered name or an alias, and a version of it where one is meant.</summary>
/// <param name="Model">A model's name, or where it says so an alias.</param>
/// <param name="Version">Null: split by weight.</param>
public sealed record ModelTarget(string Model, string? Version = null);
