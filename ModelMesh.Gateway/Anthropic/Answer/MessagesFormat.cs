using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Errors;

namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>
/// The events of a streamed message: <c>message_start</c>, the blocks, <c>message_delta</c> with reason and usage, <c>message_stop</c>; or <c>error</c>,
/// after which there is nothing.
/// </summary>
/// <param name="model">As the client named it.</param>
/// <param name="showsThinking">Whether the client wants to see what the model thinks.</param>
internal sealed class MessagesFormat(AnswerOutput output, AnswerContext context, string model, bool showsThinking) : IAnswerFormat
{
    private readonly BlockStream _blocks = new(output, context.RequestId);
    private bool _hasStarted;
    private bool _isRefused;

    public string ContentType => "text/event-stream; charset=utf-8";

    public void Delta(Delta delta)
    {
        Start();
        if (delta.Choice != 0)
        {
            // This API has one answer. Only a field that it does not know, passed on to the backend, can ask for more.
            return;
        }

        if (showsThinking && delta.Reasoning.Length > 0)
        {
            _blocks.Words(BlockKind.Thinking, delta.Reasoning);
        }

        if (delta.Text.Length > 0)
        {
            _blocks.Words(BlockKind.Text, delta.Text);
        }

        if (delta.Refusal.Length > 0)
        {
            _isRefused = true;
            _blocks.Words(BlockKind.Text, delta.Refusal);
        }

        if (delta.ToolCall is { } piece)
        {
            _blocks.Call(piece);
        }
    }

    public void Done(Completed completed)
    {
        Start();
        var reason = StopReason.Of(completed.FinishReason, _isRefused, _blocks.HasCalls);
        _blocks.End(CallArguments.MayBeCut(completed.FinishReason));
        Event("event: message_delta\ndata: "u8, json =>
        {
            json.WriteString("type"u8, "message_delta"u8);
            json.WriteStartObject("delta"u8);
            MessageJson.WriteStop(json, reason);
            json.WriteEndObject();
            MessageJson.WriteUsage(json, completed.Usage ?? new Usage());
            SkippedChunksJson.Write(json, completed.SkippedChunks);
        });
        output.Raw("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    public void Error(MeshException error)
    {
        Start();
        output.Raw("event: error\ndata: "u8);
        output.Raw(AnthropicErrorShape.Body(error, context.RequestId));
        output.Raw("\n\n"u8);
    }

    public void KeepAlive()
    {
        Start();
        output.Raw("event: ping\ndata: {\"type\":\"ping\"}\n\n"u8);
    }

    // What the input cost is known at the end; until then it is nothing.
    private void Start()
    {
        if (_hasStarted)
        {
            return;
        }

        _hasStarted = true;
        Event("event: message_start\ndata: "u8, json =>
        {
            json.WriteString("type"u8, "message_start"u8);
            json.WritePropertyName("message"u8);
            MessageJson.WriteMessage(json, context.RequestId, model, content: null, stopReason: null, new Usage());
        });
    }

    private void Event(ReadOnlySpan<byte> head, Action<Utf8JsonWriter> data)
    {
        output.Raw(head);
        output.Raw(ReadableBytes.Write(json =>
        {
            json.WriteStartObject();
            data(json);
            json.WriteEndObject();
        }).Span);
        output.Raw("\n\n"u8);
    }
}
