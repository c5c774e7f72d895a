using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Gateway.Errors;

namespace ModelMesh.Gateway.Models;

/// <summary>OpenAI's list, with the ends of the page as its newer lists have them.</summary>
internal sealed record OpenAIModelList(
    string Object,
    IReadOnlyList<ModelEntry> Data,
    bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FirstId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? LastId);

[JsonSerializable(typeof(OpenAIModelList))]
[JsonSerializable(typeof(AnthropicModelList))]
[JsonSerializable(typeof(ModelInfoList))]
internal sealed partial class ModelsJson : JsonSerializerContext
{
    private static ModelsJson Readable { get; } = new(ReadableJson.Options());

    public static byte[] One(ModelEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, Readable.ModelEntry);

    public static byte[] One(AnthropicModel model) => JsonSerializer.SerializeToUtf8Bytes(model, Readable.AnthropicModel);

    public static byte[] One(ModelInfo info) => JsonSerializer.SerializeToUtf8Bytes(info, Readable.ModelInfo);

    public static byte[] List(ModelPage page) =>
        JsonSerializer.SerializeToUtf8Bytes(new OpenAIModelList("list", page.Entries, page.HasMore, page.FirstId, page.LastId), Readable.OpenAIModelList);

    public static byte[] List(AnthropicModelList list) => JsonSerializer.SerializeToUtf8Bytes(list, Readable.AnthropicModelList);

    public static byte[] List(ModelInfoList list) => JsonSerializer.SerializeToUtf8Bytes(list, Readable.ModelInfoList);
}
