using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

internal sealed record WireUsage(long? PromptTokens, long? CompletionTokens, long? TotalTokens, WirePromptDetails? PromptTokensDetails, WireCompletionDetails? CompletionTokensDetails)
{
    public UsageDetails ToDetails() => new()
    {
        InputTokenCount = PromptTokens,
        OutputTokenCount = CompletionTokens,
        TotalTokenCount = TotalTokens ?? (PromptTokens ?? 0) + (CompletionTokens ?? 0),
        CachedInputTokenCount = PromptTokensDetails?.CachedTokens,
        ReasoningTokenCount = CompletionTokensDetails?.ReasoningTokens,
    };
}

internal sealed record WirePromptDetails(long? CachedTokens);

internal sealed record WireCompletionDetails(long? ReasoningTokens);
