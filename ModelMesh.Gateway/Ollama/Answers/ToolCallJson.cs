using System.Text.Json;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>Writes <c>tool_calls</c>. Their arguments are an object, in one line whatever lines the model wrote.</summary>
internal static class ToolCallJson
{
    /// <param name="calls">The arguments of each are an object.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyCollection<WholeToolCall> calls)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (var (index, call) in calls.Index())
        {
            json.WriteStartObject();
            if (call.Id.Length > 0)
            {
                json.WriteString("id"u8, call.Id);
            }

            json.WriteStartObject("function"u8);
            json.WriteNumber("index"u8, index);
            json.WriteString("name"u8, call.Name);
            json.WritePropertyName("arguments"u8);
            CallArguments.Read(call.Arguments)?.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
