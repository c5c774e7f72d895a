using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Registry.Failover;

namespace ModelMesh.Gateway.Registry.Continuation;

/// <summary>
/// One answer that several attempts may have given, each going on where the one before broke: its reader sees one stream, and at its end who went on with it.
/// What cannot be continued fails as it would have without.
/// </summary>
internal sealed class ContinuedStream : IAnswerStream
{
    private readonly Func<SentAnswer, RouteTurn, CancellationToken, Task<Served<InferStream>>> _open;
    private readonly FailoverMetrics _metrics;
    private readonly CancellationToken _ended;
    private readonly SentAnswer _sent = new();
    private readonly List<Accepted> _continuedBy = [];
    private Served<InferStream> _serving;
    private int _sentBefore;

    /// <param name="open">Makes an attempt that goes on with what was sent.</param>
    public ContinuedStream(
        Served<InferStream> first, Func<SentAnswer, RouteTurn, CancellationToken, Task<Served<InferStream>>> open, FailoverMetrics metrics, CancellationToken ended)
    {
        (_serving, _open, _metrics, _ended) = (first, open, metrics, ended);
        _sent.Add(Current);
    }

    public Accepted Accepted => Stream.Accepted;

    public TimeSpan BackendWait => Stream.BackendWait;

    public InferEvent Current => Stream.Current;

    private InferStream Stream => _serving.Answer;

    public async Task<bool> MoveNextAsync()
    {
        FailedAttempt failure;
        try
        {
            if (await Stream.MoveNextAsync())
            {
                Take();
                return true;
            }

            failure = Stream.Judge(Stream.Incomplete())!;
        }
        catch (RpcException exception) when (!_ended.IsCancellationRequested)
        {
            failure = Stream.Judge(exception)!;
        }

        await ContinueAsync(failure);
        Take();
        return true;
    }

    public MeshException Explain(RpcException exception) => Stream.Explain(exception);

    public MeshException Incomplete() => Stream.Incomplete();

    public void Dispose() => Stream.Dispose();

    private async Task ContinueAsync(FailedAttempt failure)
    {
        if (_continuedBy.Count == ContinuationRules.MaxContinuations || !_sent.CanBeTakenUp || !ContinuationRules.Allow(failure))
        {
            throw failure.Error;
        }

        var broken = _serving;
        broken.Answer.Dispose();
        try
        {
            var sent = _sent.Pieces;
            _serving = await _open(_sent, broken.Turn, _ended);
            _sentBefore = sent;
        }
        catch (MeshException failed) when (failed.Code != ErrorCode.Cancelled)
        {
            // Why the answer broke is the reason; that nothing went on with it is not news to its reader.
            _metrics.Continued(succeeded: false);
            throw failure.Error;
        }

        _metrics.Continued(succeeded: true);
        _continuedBy.Add(Accepted);
    }

    private void Take()
    {
        _sent.Add(Current);
        if (_continuedBy.Count > 0 && Current.EventCase == InferEvent.EventOneofCase.Completed)
        {
            ContinuedUsage.Apply(Current.Completed, _sentBefore);
            Current.Completed.ContinuedBy.AddRange(_continuedBy);
        }
    }
}
