using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Requests;
using ModelMesh.ServiceDefaults.Logs;

namespace ModelMesh.Registry.Inference;

/// <summary>A resolved request: one model version and what to send it.</summary>
internal sealed record InferenceRequest(string RequestId, ModelId Id, IReadOnlyList<ChatMessage> Messages, BackendCallOptions Options)
{
    /// <summary>Whether <see cref="LenientRequest.OptionalOf"/> is left out where the backend does not take it, instead of refused.</summary>
    public bool Lenient { get; init; }

    /// <summary>What keeps requests that belong together at one endpoint; empty when the caller did not say.</summary>
    public string HashKey { get; init; } = "";

    /// <summary>The place in a queue, from -100 to 100; the higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>A copy whose answer nobody waits for: it is never queued, and sent once.</summary>
    public bool Shadow { get; init; }

    /// <summary>Whether nobody reads the answer before its end, so that tokens may be gathered on their way.</summary>
    public bool Collects { get; init; }

    /// <summary>What its log lines say of it; null where nothing is logged for it.</summary>
    public RequestScope? Log { get; init; }

    /// <summary>The endpoint that an answer to it broke at, counted from 1; 0 for none.</summary>
    public int AvoidEndpoint { get; init; }

    /// <summary>Whose it is; null where its gateway did not say.</summary>
    public RequestClient? Client { get; init; }
}

/// <summary>How an answer ended, and what it cost.</summary>
internal sealed record Completion(string FinishReason, long InputTokens, long OutputTokens, long TotalTokens)
{
    /// <summary>The backend counted nothing, so this is what can be told without it.</summary>
    public bool UsageIsEstimated { get; init; }

    /// <summary>Null where the backend does not say.</summary>
    public long? CachedInputTokens { get; init; }

    /// <summary>Null where the backend does not say.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>One for each answer; empty where there is one answer.</summary>
    public IReadOnlyList<string> FinishReasons { get; init; } = [];

    /// <summary>How many chunks the backend could not read and left out.</summary>
    public int SkippedChunks { get; init; }

    /// <summary>What it took to get an answer without any piece; nothing where there was one, which told it.</summary>
    public AnswerCost Cost { get; init; }
}
