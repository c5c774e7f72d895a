using System.Text.Json.Serialization;

namespace ModelMesh.Backends.LlamaCpp.Health;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ServerProperties))]
[JsonSerializable(typeof(ServerSlot[]))]
internal sealed partial class LlamaCppJson : JsonSerializerContext;

/// <summary>What of <c>/props</c> is of use here.</summary>
internal sealed record ServerProperties(int? TotalSlots, string? ModelPath, GenerationSettings? DefaultGenerationSettings, ServerModalities? Modalities);

/// <summary>The settings of a slot; <c>n_ctx</c> is the context of one.</summary>
internal sealed record GenerationSettings(int? NCtx);

internal sealed record ServerModalities(bool? Vision);

/// <summary>What of <c>/slots</c> is of use here.</summary>
internal sealed record ServerSlot(int? NCtx, bool? IsProcessing, int? State);
