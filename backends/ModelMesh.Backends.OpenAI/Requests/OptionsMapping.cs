using Microsoft.Extensions.AI;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Sdk;
using OpenAI.Chat;

namespace ModelMesh.Backends.OpenAI.Requests;

/// <summary>Turns what the caller asked for into the SDK's options.</summary>
internal static class OptionsMapping
{
    public static ChatCompletionOptions Map(ChatOptions? options, MaxTokensField maxTokensField)
    {
        var mapped = new ChatCompletionOptions();
        if (options is null)
        {
            return mapped;
        }

        mapped.Temperature = options.Temperature;
        mapped.TopP = options.TopP;
        mapped.Seed = options.Seed;
        mapped.PresencePenalty = options.PresencePenalty;
        mapped.FrequencyPenalty = options.FrequencyPenalty;
        mapped.ReasoningEffortLevel = EffortOf(options.Reasoning?.Effort);
        mapped.ResponseFormat = FormatMapping.Map(options);
        MapMaxTokens(mapped, options.MaxOutputTokens, maxTokensField);
        foreach (var stop in options.StopSequences ?? [])
        {
            mapped.StopSequences.Add(stop);
        }

        ToolMapping.Map(mapped, options);
        if (options is BackendCallOptions call)
        {
            MapCall(mapped, call);
        }

        return mapped;
    }

    // The SDK writes the new name only.
    private static void MapMaxTokens(ChatCompletionOptions mapped, int? maxTokens, MaxTokensField field)
    {
        if (field == MaxTokensField.MaxCompletionTokens)
        {
            mapped.MaxOutputTokenCount = maxTokens;
        }
        else if (maxTokens is { } bound)
        {
            mapped.Patch.Set("$.max_tokens"u8, bound);
        }
    }

    private static void MapCall(ChatCompletionOptions mapped, BackendCallOptions call)
    {
        if (call.LogProbabilities)
        {
            mapped.IncludeLogProbabilities = true;
            mapped.TopLogProbabilityCount = call.TopLogProbabilities;
        }

        // The SDK knows one answer only.
        if (call.Choices is { } choices)
        {
            mapped.Patch.Set("$.n"u8, choices);
        }
    }

    private static ChatReasoningEffortLevel? EffortOf(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => ChatReasoningEffortLevel.None,
        ReasoningEffort.Low => ChatReasoningEffortLevel.Low,
        ReasoningEffort.Medium => ChatReasoningEffortLevel.Medium,
        ReasoningEffort.High => ChatReasoningEffortLevel.High,
        ReasoningEffort.ExtraHigh => new ChatReasoningEffortLevel("xhigh"),
        // A bare null would be taken for a text, which converts to a level.
        _ => default(ChatReasoningEffortLevel?),
    };
}
