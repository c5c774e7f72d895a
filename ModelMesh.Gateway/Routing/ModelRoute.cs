using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Gateway.Routing;

/// <summary>What a request resolved to.</summary>
/// <param name="Adapter">The LoRA adapter that answers in the model's place; empty for the model itself.</param>
/// <param name="IsNamed">Whether the request named the version, rather than leave it to the split.</param>
internal sealed record ModelRoute(ModelVersion Model, string Adapter, bool IsNamed);
