using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>An answer whose tokens are counted as they are read.</summary>
internal sealed class MeteredStream(IAnswerStream stream, TokenMeter meter) : IAnswerStream
{
    private bool _counted;

    public Accepted Accepted => stream.Accepted;

    public TimeSpan BackendWait => stream.BackendWait;

    // Counted where it is looked at, each once: a wrapped move would cost a task a token.
    public InferEvent Current
    {
        get
        {
            var current = stream.Current;
            if (!_counted)
            {
                _counted = true;
                meter.Count(current);
            }

            return current;
        }
    }

    public Task<bool> MoveNextAsync()
    {
        _counted = false;
        return stream.MoveNextAsync();
    }

    public MeshException Explain(RpcException exception) => stream.Explain(exception);

    public MeshException Incomplete() => stream.Incomplete();

    /// <summary>The stream below is its opener's.</summary>
    public void Dispose()
    {
    }
}
