using Microsoft.Extensions.AI;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>A resolved request: one model version and what to send it.</summary>
internal sealed record InferenceRequest(string RequestId, ModelId Id, IReadOnlyList<ChatMessage> Messages, ChatOptions Options);

/// <summary>How an answer ended, and what it cost.</summary>
internal sealed record Completion(string FinishReason, long InputTokens, long OutputTokens, long TotalTokens);
