using Grpc.Core;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;

namespace ModelMesh.Registry.Grpc;

/// <summary>
/// Writes a stream's events to a gRPC response. A message is serialized before its write completes, so the messages of plain tokens are made once a
/// stream and used again.
/// </summary>
/// <param name="takesTexts">Whether the reader takes tokens that are text alone as texts.</param>
internal sealed class GrpcSink(IServerStreamWriter<InferEvent> writer, string instance, HttpContext http, bool takesTexts) : IInferenceSink
{
    // Each message that is sent on its own wakes a thread here and one at its reader, which costs more than what is in it. But where something is being sent, Kestrel's writer turns
    // round and round while there is more that was not flushed: so only what comes first, or is followed at once, is kept back.
    private static readonly WriteOptions KeptBack = new(WriteFlags.BufferHint);

    private readonly InferEvent _tokens = new() { Deltas = new Deltas() };
    private readonly List<Delta> _spare = [];
    private bool _hasSent;

    public Task QueuedAsync(QueuePosition position)
    {
        var queued = new Queued { Position = position.Position, ExpectedWaitMs = (long)Math.Ceiling(position.ExpectedWait?.TotalMilliseconds ?? 0) };
        return WriteAsync(new InferEvent { Queued = queued }, mayWait: false);
    }

    public Task AcceptedAsync(ModelVersion model) => WriteAsync(new InferEvent { Accepted = AnswerMapping.ToAccepted(model, instance) }, mayWait: !_hasSent);

    public Task TokensAsync(IReadOnlyList<AnswerPiece> pieces, AnswerCost cost, bool mayWait)
    {
        _tokens.Deltas.Items.Clear();
        _tokens.Deltas.Texts.Clear();
        if (takesTexts && ArePlain(pieces))
        {
            AddTexts(pieces);
        }
        else
        {
            AddItems(pieces);
        }

        _tokens.Deltas.BackendWaitUs = AnswerMapping.Microseconds(cost.BackendWait);
        _tokens.Deltas.Attempts = cost.Attempts;
        _tokens.Deltas.Endpoint = cost.Endpoint;
        return WriteAsync(_tokens, mayWait);
    }

    public Task CompletedAsync(Completion completion) => WriteAsync(new InferEvent { Completed = AnswerMapping.ToCompleted(completion) }, mayWait: true);

    public async Task FlushAsync() => await http.Response.BodyWriter.FlushAsync();

    public void Abort() => http.Abort();

    private Task WriteAsync(InferEvent message, bool mayWait)
    {
        _hasSent |= !mayWait;
        writer.WriteOptions = mayWait ? KeptBack : WriteOptions.Default;
        return writer.WriteAsync(message);
    }

    private static bool ArePlain(IReadOnlyList<AnswerPiece> pieces)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            if (pieces[index].Extras is not null)
            {
                return false;
            }
        }

        return true;
    }

    private void AddTexts(IReadOnlyList<AnswerPiece> pieces)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            _tokens.Deltas.Texts.Add(pieces[index].Text);
        }
    }

    private void AddItems(IReadOnlyList<AnswerPiece> pieces)
    {
        var items = _tokens.Deltas.Items;
        for (var index = 0; index < pieces.Count; index++)
        {
            if (pieces[index].Extras is { } extras)
            {
                items.Add(AnswerMapping.ToDelta(pieces[index].Text, extras));
                continue;
            }

            // One place a piece, used or not: the same message twice in one list would be the same token twice.
            while (_spare.Count <= index)
            {
                _spare.Add(new Delta());
            }

            _spare[index].Text = pieces[index].Text;
            items.Add(_spare[index]);
        }
    }
}
