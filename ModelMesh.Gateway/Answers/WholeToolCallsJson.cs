using System.Text.Json;

namespace ModelMesh.Gateway.Answers;

/// <summary>The field <c>tool_calls</c> of a whole answer, in the form in which a request may hold it.</summary>
internal static class WholeToolCallsJson
{
    /// <param name="index">The choice's.</param>
    public static void Write(Utf8JsonWriter json, WholeChoice choice, int index, string requestId)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (var (number, call) in choice.ToolCalls.Index())
        {
            json.WriteStartObject();
            json.WriteString("id"u8, ToolCallIds.Of(call.Id, requestId, index, number));
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
