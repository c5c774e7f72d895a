using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>Somebody else's answer, each event of which is seen once as it is read. Nothing of it is changed, held back or read ahead.</summary>
internal abstract class WatchedStream(IAnswerStream stream) : IAnswerStream
{
    private bool _seen;

    public Accepted Accepted => stream.Accepted;

    public TimeSpan BackendWait => stream.BackendWait;

    // Seen where it is looked at: a wrapped move would cost a task a token.
    public InferEvent Current
    {
        get
        {
            var current = stream.Current;
            if (!_seen)
            {
                _seen = true;
                See(current);
            }

            return current;
        }
    }

    /// <summary>The newest move; null before the first.</summary>
    protected Task<bool>? Move { get; private set; }

    public Task<bool> MoveNextAsync()
    {
        _seen = false;
        return Move = stream.MoveNextAsync();
    }

    public MeshException Explain(RpcException exception) => stream.Explain(exception);

    public MeshException Incomplete() => stream.Incomplete();

    /// <summary>The stream below is its opener's.</summary>
    public void Dispose()
    {
    }

    protected abstract void See(InferEvent current);
}
