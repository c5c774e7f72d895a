using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Infer.Sse;

/// <summary>The events of <c>POST /infer</c>: <c>token</c>, then <c>done</c> or <c>error</c>.</summary>
internal sealed class InferFormat(AnswerOutput output, Accepted accepted) : IAnswerFormat
{
    public string ContentType => "text/event-stream; charset=utf-8";

    public void Delta(Delta delta)
    {
        // Nearly all of an answer is text, and of what a model thinks first nearly all is reasoning: neither costs an object.
        if (delta is not { Choice: 0, ToolCall: null, Refusal.Length: 0, Logprobs.Count: 0 } || (delta.Text.Length > 0 && delta.Reasoning.Length > 0))
        {
            Event("event: token\ndata: "u8, DeltaJson.Write(delta));
        }
        else if (delta.Reasoning.Length > 0)
        {
            Event("event: token\ndata: {\"token\":\"\",\"reasoning\":\""u8, delta.Reasoning);
        }
        else
        {
            Event("event: token\ndata: {\"token\":\""u8, delta.Text);
        }
    }

    public void Done(Completed completed) =>
        Event("event: done\ndata: "u8, JsonSerializer.SerializeToUtf8Bytes(DoneBody.From(completed, accepted), DoneJson.Default.DoneBody));

    public void Error(MeshException error) => Event("event: error\ndata: "u8, JsonSerializer.SerializeToUtf8Bytes(ErrorBody.From(error), ErrorJson.Readable.ErrorBody));

    public void KeepAlive() => output.Raw(": keep-alive\n\n"u8);

    private void Event(ReadOnlySpan<byte> head, ReadOnlySpan<byte> json)
    {
        output.Raw(head);
        output.Raw(json);
        output.Raw("\n\n"u8);
    }

    private void Event(ReadOnlySpan<byte> head, ReadOnlySpan<char> text)
    {
        output.Raw(head);
        output.Escaped(text);
        output.Raw("\"}\n\n"u8);
    }
}
