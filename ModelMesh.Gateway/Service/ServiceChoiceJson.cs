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
            WholeToolCallsJson.Write(json, choice, index, requestId);
        }

        if (choice.Logprobs.Count > 0)
        {
            DeltaJson.WriteLogprobs(json, "logprobs"u8, choice.Logprobs);
        }
    }
}
