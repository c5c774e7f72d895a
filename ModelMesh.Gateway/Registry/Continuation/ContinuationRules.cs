using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;

namespace ModelMesh.Gateway.Registry.Continuation;

/// <summary>Which broken answers another attempt may go on with. Pure.</summary>
internal static class ContinuationRules
{
    /// <summary>How many times one answer is continued.</summary>
    public const int MaxContinuations = 2;

    private const string Text = "text";

    /// <summary>One answer of text: a call of a tool, a schema or probabilities cannot be taken up in their midst. A conversation that ends with parts cannot be added to.</summary>
    public static bool Allow(ChatRequest request) =>
        request.Options is { N: <= 1, Logprobs: false }
        && request.Tools.Count == 0
        && request.ResponseFormat is null or { Type: Text }
        && request.Messages is not [.., { Role: "assistant", Parts.Count: > 0 } or { Role: "assistant", ToolCalls.Count: > 0 }];

    /// <summary>Whether a piece of an answer can be taken up.</summary>
    public static bool Allow(Delta delta) => delta is { Choice: 0, ToolCall: null, Refusal.Length: 0, Logprobs.Count: 0 };

    /// <summary>Whether another attempt may have more luck: a connection, an instance or an upstream that broke, or that was too slow.</summary>
    public static bool Allow(FailedAttempt failure) => failure.MayTryAnother || failure.ConnectionFailed || failure.Error.Code is ErrorCode.BackendError or ErrorCode.BackendUnavailable or ErrorCode.Timeout;
}
