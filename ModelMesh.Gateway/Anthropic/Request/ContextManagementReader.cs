using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Checks <c>context_management</c>: the mesh edits no conversation, so it may only ask for what changes nothing.</summary>
internal static class ContextManagementReader
{
    private const string Field = "context_management";

    public static void Check(FieldReader fields)
    {
        if (fields.TryTake(Field, out var value) && !ChangesNothing(value))
        {
            fields.Fault(Field, "is not supported: conversations are passed on as they are");
        }
    }

    private static bool ChangesNothing(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && (!value.TryGetProperty("edits", out var edits) || (edits.ValueKind == JsonValueKind.Array && edits.EnumerateArray().All(KeepsAllThinking)));

    // What Claude Code sends with every request.
    private static bool KeepsAllThinking(JsonElement edit) =>
        edit.ValueKind == JsonValueKind.Object
        && edit.TryGetProperty("type", out var type) && Is(type, "clear_thinking_20251015"u8)
        && edit.TryGetProperty("keep", out var keep) && Is(keep, "all"u8);

    private static bool Is(JsonElement value, ReadOnlySpan<byte> text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
