using System.Text.Json;
using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Service;

/// <summary>Runs the requests of one batch, and keeps the answer of each, which may be an error.</summary>
/// <param name="maxBytes">How long all answers may be together.</param>
/// <param name="clientGone">Fires when nobody waits for the answers.</param>
/// <param name="ended">Fires then, and when the gateway must end: what is not done by then is an error of its own, and what is done is answered.</param>
internal sealed class BatchRun(Batch batch, CallTraits traits, string requestId, WholeCall call, TimeProvider time, long maxBytes, CancellationToken clientGone, CancellationToken ended)
{
    private readonly ReadOnlyMemory<byte>[] _answers = new ReadOnlyMemory<byte>[batch.Items.Count];
    private readonly AnswerBudget _budget = new(maxBytes);

    /// <summary>The answers as JSON, in the order of the requests.</summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> RunAsync(int parallelism)
    {
        await SideBySide.RunAsync(batch.Items.Count, parallelism, RunItemAsync, (index, error) => _answers[index] = ErrorOf(error));
        clientGone.ThrowIfCancellationRequested();
        return _answers;
    }

    private static ReadOnlyMemory<byte> ErrorOf(MeshException error) => JsonSerializer.SerializeToUtf8Bytes(ErrorBody.From(error), ErrorJson.Readable.ErrorBody);

    private async Task RunItemAsync(int index)
    {
        var item = batch.Items[index];
        if (item.Fault is { } fault)
        {
            throw fault;
        }

        var latency = new Latency(time);
        try
        {
            ended.ThrowIfCancellationRequested();
            var answer = await call.RunAsync(BatchEndpoint.Api, item.Request!, traits, $"{requestId}-{index}", new StageHeaders(), ended);
            var body = ServiceAnswerJson.Write(answer.Context, answer.Answer, latency);
            _budget.Take(body.Length);
            _answers[index] = body;
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException && ended.IsCancellationRequested)
        {
            throw StreamShutdown.Error();
        }
    }
}
