using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Infer;

/// <summary>What an application asks for, checked. Not a record: its text must not be printable by accident.</summary>
internal sealed class ChatRequest
{
    public required string Model { get; init; }

    /// <summary>Null: split by weight among the model's versions.</summary>
    public string? Version { get; init; }

    /// <summary>Requests with one key go to one version, as far as weights allow.</summary>
    public string? HashKey { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public required SamplingOptions Options { get; init; }

    /// <summary>A message of its own for each attempt: one that was given to a call that failed may still be read by it.</summary>
    public InferRequest ToInferRequest(string version, string requestId)
    {
        var request = new InferRequest { RequestId = requestId, Model = Model, Version = version, Options = Options };
        request.Messages.AddRange(Messages);
        return request;
    }
}
