using System.Text.Json.Serialization;
using ModelMesh.Contracts.Instances;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Contracts.Catalog;

/// <summary>How catalog data is written in the store: snake_case, like everything the mesh writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(CatalogEvent))]
[JsonSerializable(typeof(InstanceInfo))]
[JsonSerializable(typeof(Alias))]
[JsonSerializable(typeof(RoutingRule))]
[JsonSerializable(typeof(RoutingDefaults))]
[JsonSerializable(typeof(RateLimit))]
[JsonSerializable(typeof(Caller))]
[JsonSerializable(typeof(Rollout))]
public sealed partial class CatalogJson : JsonSerializerContext;
