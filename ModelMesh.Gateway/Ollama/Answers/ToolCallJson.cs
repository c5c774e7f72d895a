using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Answers;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>Writes <c>tool_calls</c>. Their arguments are an object, in one line whatever lines the model wrote.</summary>
internal static class ToolCallJson
{
    /// <exception cref="MeshException"><c>backend_error</c>: the arguments of a call are no JSON object.</exception>
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
            WriteArguments(json, call);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArguments(Utf8JsonWriter json, WholeToolCall call)
    {
        try
        {
            using var arguments = JsonDocument.Parse(string.IsNullOrWhiteSpace(call.Arguments) ? "{}" : call.Arguments);
            if (arguments.RootElement.ValueKind == JsonValueKind.Object && JsonText.IsUnicode(arguments.RootElement))
            {
                arguments.RootElement.WriteTo(json);
                return;
            }
        }
        catch (JsonException)
        {
            // The same failure as JSON that is no object.
        }

        throw new MeshException(ErrorCode.BackendError, $"The model called '{call.Name}' with arguments that are no JSON object, and this API has no other form for them.");
    }
}
