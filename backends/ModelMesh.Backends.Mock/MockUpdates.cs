using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock;

/// <summary>The updates of a call that are not one plain token.</summary>
internal static class MockUpdates
{
    /// <summary>A token of one of several answers, or one with its log probability: the mock is always certain.</summary>
    public static ChatResponseUpdate Of(ChatResponseUpdate update, int choice, BackendCallOptions call) => new BackendUpdate(update.Role, update.Contents)
    {
        Choice = choice,
        LogProbabilities = call.LogProbabilities && update.Text.Length > 0 ? [new TokenLogProbability(update.Text, 0) { Top = Top(update.Text, call.TopLogProbabilities ?? 0) }] : null,
    };

    /// <summary>The end of an answer other than the first.</summary>
    public static ChatResponseUpdate End(MockAnswer answer, int sent, int choice) =>
        new BackendUpdate { Choice = choice, FinishReason = ReasonOf(answer, sent) };

    /// <summary>The end of the first answer, with the usage of all: words are tokens.</summary>
    public static ChatResponseUpdate End(MockAnswer answer, int sent, IEnumerable<ChatMessage> messages, BackendCallOptions? call)
    {
        var input = messages.Sum(message => Words.Split(message.Text).Count);
        var output = sent * (call?.Choices ?? 1);
        var usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
        return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { FinishReason = ReasonOf(answer, sent) };
    }

    private static ChatFinishReason ReasonOf(MockAnswer answer, int sent) => sent < answer.Count ? ChatFinishReason.Length : answer.FinishReason;

    private static IReadOnlyList<TokenLogProbability> Top(string token, int count) => count == 0 ? [] : [new TokenLogProbability(token, 0)];
}
