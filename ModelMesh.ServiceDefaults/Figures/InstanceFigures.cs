using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;

namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>What one registry instance told of its models. Immutable.</summary>
/// <param name="Instance">Its id.</param>
/// <param name="Sequence">Differs after every change.</param>
/// <param name="Models">By model version.</param>
public sealed record InstanceFigures(string Instance, string Sequence, IReadOnlyDictionary<ModelId, ModelFigures> Models);
