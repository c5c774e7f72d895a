using System.Text.Json;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Infer.Sse;

namespace ModelMesh.Gateway.Service;

/// <summary>What one choice holds besides text, each only where there is something in it.</summary>
internal static class ServiceChoiceJson
{
    public static void WriteFields(Utf8JsonWriter json, WholeChoice choice, int index, string requestId)
    {
        if (choice.Reasoning is { Length: > 0 } reasoning)
        {
            json.WriteString("reasoning"u8, reasoning);
        }

        if (choice.Refusal is { Length: > 0 } refusal)
        {
            json.WriteString("refusal"u8, refusal);
        }

        if (choice.ToolCalls.Count > 0)
        {
            WriteCalls(json, choice, index, requestId);
        }

        if (choice.Logprobs.Count > 0)
        {
            DeltaJson.WriteLogprobs(json, "logprobs"u8, choice.Logprobs);
        }
    }

    // In the form in which a request may hold them.
    private static void WriteCalls(Utf8JsonWriter json, WholeChoice choice, int index, string requestId)
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
