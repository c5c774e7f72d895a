using System.Text.Json;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.OpenAI;

/// <summary>The field <c>usage</c> of chat completions and completions.</summary>
internal static class UsageJson
{
    public static void Write(Utf8JsonWriter json, Usage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.InputTokens);
        json.WriteNumber("completion_tokens"u8, usage.OutputTokens);
        json.WriteNumber("total_tokens"u8, usage.TotalTokens);
        if (usage.HasCachedInputTokens)
        {
            json.WriteStartObject("prompt_tokens_details"u8);
            json.WriteNumber("cached_tokens"u8, usage.CachedInputTokens);
            json.WriteEndObject();
        }

        if (usage.HasReasoningTokens)
        {
            json.WriteStartObject("completion_tokens_details"u8);
            json.WriteNumber("reasoning_tokens"u8, usage.ReasoningTokens);
            json.WriteEndObject();
        }

        if (usage.Estimated)
        {
            json.WriteBoolean("estimated"u8, true);
        }

        json.WriteEndObject();
    }
}
