using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Shadows;

/// <summary>A version that answered requests, and the shadow version that got copies of them, each at one revision.</summary>
public readonly record struct ShadowPair(ModelId Shadow, long ShadowRevision, string Real, long RealRevision);
