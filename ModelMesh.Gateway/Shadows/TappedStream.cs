using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Shadows;

/// <summary>The answer that a client gets, measured as it is read.</summary>
internal sealed class TappedStream(IAnswerStream stream, AnswerMeter meter) : WatchedStream(stream)
{
    /// <summary>
    /// 1. Complete: what the version did, where no other had to go on with it.
    /// 2. The client went, or an operator ended it.
    /// 3. It broke, or ended without being complete. Otherwise nobody read it to its end.
    /// </summary>
    public MeasuredAnswer Measure(bool hasFailed, bool hasLeft)
    {
        var outcome = (meter.IsComplete, hasLeft) switch
        {
            // 1
            (true, _) => meter.WasContinued || hasFailed ? AnswerOutcome.Failed : AnswerOutcome.Completed,

            // 2
            (false, _) when hasLeft || IsCancelled => AnswerOutcome.Left,

            // 3
            _ => hasFailed || Move is { IsFaulted: true } || (Move is { IsCompletedSuccessfully: true } && !Move.GetAwaiter().GetResult()) ? AnswerOutcome.Failed : AnswerOutcome.Left,
        };
        return meter.Measure(outcome, Accepted, BackendWait);
    }

    private bool IsCancelled => Move?.Exception?.InnerException switch
    {
        RpcException broken => GrpcErrors.FromRpcException(broken),
        var thrown => thrown as MeshException,
    } is { Code: ErrorCode.Cancelled };

    protected override void See(InferEvent current) => meter.Count(current);
}
