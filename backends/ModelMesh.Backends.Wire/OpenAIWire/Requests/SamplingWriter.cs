using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Requests;

/// <summary>Writes how the answer is to be drawn. What <c>extra</c> replaces is left out.</summary>
internal static class SamplingWriter
{
    public static void Write(Utf8JsonWriter writer, ChatOptions options, ExtraFields extra)
    {
        Number(writer, "temperature", options.Temperature, extra);
        Number(writer, "top_p", options.TopP, extra);
        Number(writer, "top_k", options.TopK, extra);
        Number(writer, "max_tokens", options.MaxOutputTokens, extra);
        Number(writer, "seed", options.Seed, extra);
        Number(writer, "presence_penalty", options.PresencePenalty, extra);
        Number(writer, "frequency_penalty", options.FrequencyPenalty, extra);
        if (options.StopSequences is { Count: > 0 } stops && !extra.Contains("stop"))
        {
            writer.WriteStartArray("stop"u8);
            foreach (var stop in stops)
            {
                writer.WriteStringValue(stop);
            }

            writer.WriteEndArray();
        }

        if (EffortOf(options.Reasoning?.Effort) is { } effort && !extra.Contains("reasoning_effort"))
        {
            writer.WriteString("reasoning_effort"u8, effort);
        }

        if (options is BackendCallOptions call)
        {
            Number(writer, "n", call.Choices, extra);
            LogProbabilities(writer, call, extra);
        }
    }

    private static void LogProbabilities(Utf8JsonWriter writer, BackendCallOptions call, ExtraFields extra)
    {
        if (!call.LogProbabilities)
        {
            return;
        }

        if (!extra.Contains("logprobs"))
        {
            writer.WriteBoolean("logprobs"u8, true);
        }

        Number(writer, "top_logprobs", call.TopLogProbabilities, extra);
    }

    private static string? EffortOf(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => null,
    };

    private static void Number(Utf8JsonWriter writer, string name, float? value, ExtraFields extra)
    {
        if (value is { } number && !extra.Contains(name))
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void Number(Utf8JsonWriter writer, string name, long? value, ExtraFields extra)
    {
        if (value is { } number && !extra.Contains(name))
        {
            writer.WriteNumber(name, number);
        }
    }
}
