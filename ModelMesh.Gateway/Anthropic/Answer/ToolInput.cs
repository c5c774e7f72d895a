using System.Text.Json;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>A call's arguments, which this API has as an object and backends as the text that the model wrote.</summary>
internal static class ToolInput
{
    /// <summary>Of a tool that takes nothing models often write nothing.</summary>
    public const string Nothing = "{}";

    public static bool IsObject(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static MeshException NoObject(string tool) => new(ErrorCode.BackendError, $"The model called the tool '{tool}' with arguments that are no JSON object.");

    public static MeshException NoName() => new(ErrorCode.BackendError, "The model called a tool without its name.");

    /// <summary>A call's id where its backend gave none: a result has to say which call it answers.</summary>
    public static string IdOf(string id, string requestId, int index) => id.Length > 0 ? id : $"toolu_{requestId}_{index}";
}
