using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Shadows;

/// <summary>The answer that a client gets, measured as it is read. Nothing of it is changed, held back or read ahead.</summary>
internal sealed class TappedStream(IAnswerStream stream, AnswerMeter meter) : IAnswerStream
{
    private bool _counted;
    private Task<bool>? _move;

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
        return _move = stream.MoveNextAsync();
    }

    public MeshException Explain(RpcException exception) => stream.Explain(exception);

    public MeshException Incomplete() => stream.Incomplete();

    /// <summary>The stream below is its opener's.</summary>
    public void Dispose()
    {
    }

    /// <summary>
    /// 1. Complete: what the version did, where no other had to go on with it.
    /// 2. The client went.
    /// 3. It broke, or ended without being complete. Otherwise nobody read it to its end.
    /// </summary>
    public MeasuredAnswer Measure(bool hasFailed, bool hasLeft)
    {
        var outcome = (meter.IsComplete, hasLeft) switch
        {
            // 1
            (true, _) => meter.WasContinued || hasFailed ? AnswerOutcome.Failed : AnswerOutcome.Completed,

            // 2
            (false, true) => AnswerOutcome.Left,

            // 3
            _ => hasFailed || _move is { IsFaulted: true } || (_move is { IsCompletedSuccessfully: true } && !_move.GetAwaiter().GetResult()) ? AnswerOutcome.Failed : AnswerOutcome.Left,
        };
        return meter.Measure(outcome, stream.Accepted, stream.BackendWait);
    }
}
