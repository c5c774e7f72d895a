using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>One answer on its way. It stands on its first tokens, or on its completion when it has none. Disposing it cancels what is left. Not thread-safe.</summary>
internal interface IAnswerStream : IDisposable
{
    /// <summary>Who serves it.</summary>
    Accepted Accepted { get; }

    /// <summary>How long the backend took until the first token; zero for an answer that needed none.</summary>
    TimeSpan BackendWait { get; }

    /// <summary>Deltas or completed. Valid until the next move.</summary>
    InferEvent Current { get; }

    /// <summary>Moves to the next event; false when the stream has ended, which before <c>completed</c> is a failure.</summary>
    /// <exception cref="RpcException">The stream broke; <see cref="Explain"/> says what of it a client is told.</exception>
    /// <exception cref="MeshException">It broke on this side of the wire.</exception>
    Task<bool> MoveNextAsync();

    /// <summary>What a client is told when the stream broke after its first token.</summary>
    MeshException Explain(RpcException exception);

    /// <summary>What a client is told when the stream ended without being complete.</summary>
    MeshException Incomplete();
}
