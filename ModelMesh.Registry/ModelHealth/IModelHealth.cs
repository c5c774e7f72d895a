using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>What is known of the upstreams of models, for operators to see. Asks nobody; thread-safe.</summary>
internal interface IModelHealth
{
    /// <summary>The health of a model at its revision.</summary>
    HealthRecord Of(ModelVersion model);
}
