using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using SdkFinishReason = OpenAI.Chat.ChatFinishReason;

namespace ModelMesh.Backends.OpenAI.Answers;

/// <summary>Turns the SDK's update into the mesh's. The SDK drops a choice's number and its reasoning text; they come out of the update's JSON.</summary>
internal static class UpdateMapping
{
    public static ChatChunk Map(StreamingChatCompletionUpdate update, ReadOnlySpan<byte> data)
    {
        var contents = ContentsOf(update, ChunkScan.MayHaveReasoning(data));
        var finish = FinishOf(update.FinishReason);
        var logProbabilities = LogProbabilityMapping.Map(update.ContentTokenLogProbabilities);
        var usage = UsageOf(update.Usage);
        return contents.Count == 0 && finish is null && logProbabilities is null
            ? ChatChunk.Of(update: null, more: null, usage)
            : ChatChunk.Of(
                new BackendUpdate(ChatRole.Assistant, contents) { Choice = ChunkScan.MayHaveIndex(data) ? ChoiceOf(update) : 0, FinishReason = finish, LogProbabilities = logProbabilities },
                more: null,
                usage);
    }

    private static List<AIContent> ContentsOf(StreamingChatCompletionUpdate update, bool mayHaveReasoning)
    {
        var contents = new List<AIContent>(1);
        if (mayHaveReasoning && ReasoningOf(update) is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        foreach (var part in update.ContentUpdate)
        {
            if (part.Text is { Length: > 0 } text)
            {
                contents.Add(new TextContent(text));
            }
        }

        if (update.RefusalUpdate is { Length: > 0 } refusal)
        {
            contents.Add(new ErrorContent(refusal) { ErrorCode = DeltaReader.RefusalCode });
        }

        for (var position = 0; position < update.ToolCallUpdates.Count; position++)
        {
            contents.Add(PieceOf(update.ToolCallUpdates[position], position));
        }

        return contents;
    }

    private static ToolCallPiece PieceOf(StreamingChatToolCallUpdate call, int position)
    {
        // Without a number a call's place is its number; the SDK would say 0 for each.
        var index = call.Patch.TryGetValue("$.index"u8, out int given) ? given : position;
        return new ToolCallPiece(index)
        {
            CallId = call.ToolCallId is { Length: > 0 } id ? id : null,
            Name = call.FunctionName is { Length: > 0 } name ? name : null,
            Arguments = call.FunctionArgumentsUpdate?.ToString() ?? "",
        };
    }

    private static string? ReasoningOf(StreamingChatCompletionUpdate update) =>
        update.Patch.TryGetValue("$.choices[0].delta.reasoning_content"u8, out string? reasoning) && reasoning is { Length: > 0 } ? reasoning
        : update.Patch.TryGetValue("$.choices[0].delta.reasoning"u8, out reasoning) ? reasoning
        : null;

    private static int ChoiceOf(StreamingChatCompletionUpdate update) => update.Patch.TryGetValue("$.choices[0].index"u8, out int index) ? index : 0;

    private static ChatFinishReason? FinishOf(SdkFinishReason? reason) => reason switch
    {
        null => null,
        SdkFinishReason.Length => ChatFinishReason.Length,
        SdkFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        SdkFinishReason.ToolCalls or SdkFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails? UsageOf(ChatTokenUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount > 0 ? usage.TotalTokenCount : usage.InputTokenCount + usage.OutputTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
        ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
    };
}
