using Google.Protobuf;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Grpc;

/// <summary>Turns what backends answer into what goes over the wire.</summary>
internal static class AnswerMapping
{
    public static Accepted ToAccepted(ModelVersion model, string instance) => new()
    {
        Model = model.Name,
        Version = model.Version,
        Revision = model.Revision,
        Instance = instance,
        FirstTokenMs = model.Timeouts.FirstTokenMs,
        IdleMs = model.Timeouts.IdleMs,
    };

    public static Delta ToDelta(string text, AnswerExtras extras)
    {
        var delta = new Delta { Text = text, Choice = extras.Choice, Reasoning = extras.Reasoning, Refusal = extras.Refusal };
        if (extras.ToolCall is { } piece)
        {
            delta.ToolCall = new ToolCallDelta { Index = piece.Index, Id = piece.CallId ?? "", Name = piece.Name ?? "", Arguments = piece.Arguments };
        }

        delta.Logprobs.AddRange(extras.LogProbabilities.Select(ToLogprob));
        return delta;
    }

    public static Completed ToCompleted(Completion completion)
    {
        var completed = new Completed
        {
            FinishReason = completion.FinishReason,
            Usage = new Usage { InputTokens = completion.InputTokens, OutputTokens = completion.OutputTokens, TotalTokens = completion.TotalTokens, Estimated = completion.UsageIsEstimated },
            SkippedChunks = completion.SkippedChunks,
            BackendWaitUs = Microseconds(completion.Cost.BackendWait),
            Attempts = completion.Cost.Attempts,
        };
        if (completion.CachedInputTokens is { } cached)
        {
            completed.Usage.CachedInputTokens = cached;
        }

        if (completion.ReasoningTokens is { } reasoning)
        {
            completed.Usage.ReasoningTokens = reasoning;
        }

        completed.FinishReasons.AddRange(completion.FinishReasons);
        return completed;
    }

    public static EmbedResponse ToResponse(EmbeddingAnswer answer, string instance)
    {
        var response = new EmbedResponse
        {
            Accepted = ToAccepted(answer.Model, instance),
            Usage = new Usage { InputTokens = answer.InputTokens, TotalTokens = answer.TotalTokens, Estimated = answer.UsageIsEstimated },
            BackendWaitUs = Microseconds(answer.Cost.BackendWait),
            Attempts = answer.Cost.Attempts,
        };
        foreach (var vector in answer.Vectors)
        {
            var embedding = new Embedding();
            embedding.Values.AddRange(vector);
            response.Embeddings.Add(embedding);
        }

        return response;
    }

    public static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static TokenLogprob ToLogprob(TokenLogProbability token)
    {
        var logprob = ToCandidate(token);
        logprob.Top.AddRange(token.Top.Select(ToCandidate));
        return logprob;
    }

    // Candidates have none of their own, whatever a plugin says.
    private static TokenLogprob ToCandidate(TokenLogProbability token)
    {
        var logprob = new TokenLogprob { Token = token.Token, Logprob = token.LogProbability };
        if (token.Bytes is { } bytes)
        {
            logprob.Bytes = ByteString.CopyFrom(bytes.Span);
        }

        return logprob;
    }
}
