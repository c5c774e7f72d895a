using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>What Ollama says of a model's file. The mesh has no file: what it does not know is empty.</summary>
/// <param name="ParentModel">The model that an adapter changes; empty for a model.</param>
/// <param name="Family">The type of its backend.</param>
/// <param name="Families">The types of all backends that its versions have.</param>
internal sealed record ModelDetails(string ParentModel, string Format, string Family, IReadOnlyList<string> Families, string ParameterSize, string QuantizationLevel)
{
    public static ModelDetails Of(string parent, IReadOnlyList<ModelVersion> versions) =>
        new(parent, "", versions[0].BackendType, [.. versions.Select(model => model.BackendType).Distinct(StringComparer.Ordinal)], "", "");
}
