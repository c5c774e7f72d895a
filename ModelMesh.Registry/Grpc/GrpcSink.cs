using Grpc.Core;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Grpc;

/// <summary>
/// Writes a stream's events to a gRPC response. A message is serialized before its write completes, so the messages of tokens are made once a
/// stream and used again.
/// </summary>
internal sealed class GrpcSink(IServerStreamWriter<InferEvent> writer, string instance, HttpContext http) : IInferenceSink
{
    private readonly InferEvent _tokens = new() { Deltas = new Deltas() };
    private readonly List<Delta> _spare = [];

    public Task AcceptedAsync(ModelVersion model) => writer.WriteAsync(new InferEvent
    {
        Accepted = new Accepted { Model = model.Name, Version = model.Version, Revision = model.Revision, Instance = instance },
    });

    public Task TokensAsync(IReadOnlyList<string> tokens)
    {
        var items = _tokens.Deltas.Items;
        items.Clear();
        for (var index = 0; index < tokens.Count; index++)
        {
            if (index == _spare.Count)
            {
                _spare.Add(new Delta());
            }

            _spare[index].Text = tokens[index];
            items.Add(_spare[index]);
        }

        return writer.WriteAsync(_tokens);
    }

    public Task CompletedAsync(Completion completion) => writer.WriteAsync(new InferEvent
    {
        Completed = new Completed
        {
            FinishReason = completion.FinishReason,
            Usage = new Usage { InputTokens = completion.InputTokens, OutputTokens = completion.OutputTokens, TotalTokens = completion.TotalTokens },
        },
    });

    public void Abort() => http.Abort();
}
