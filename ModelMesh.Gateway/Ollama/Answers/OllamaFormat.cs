using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Errors;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>A streamed answer of <c>/api/chat</c> or <c>/api/generate</c>: a JSON object a line, the last one with <c>done</c>, or with <c>error</c>.</summary>
internal sealed class OllamaFormat(AnswerOutput output, AnswerContext context, OllamaRequest request, long began, TimeProvider time) : IAnswerFormat
{
    private readonly byte[] _head = [.. "{\"model\":"u8, .. ModelJson(request.Chat.AnsweredAs(context.Accepted)), .. ",\"created_at\":\""u8];
    private readonly PieceForm _form = request.Form;
    private readonly ToolCallBuffer _toolCalls = new();

    public string ContentType => "application/x-ndjson";

    public void Delta(Delta delta)
    {
        // Nearly all of an answer is text, and of what a model thinks first nearly all is thinking: neither costs an object.
        if (delta is not { Choice: 0, ToolCall: null, Refusal.Length: 0, Logprobs.Count: 0 } || (delta.Text.Length > 0 && delta.Reasoning.Length > 0))
        {
            Rare(delta);
        }
        else if (delta.Reasoning.Length > 0)
        {
            Line(_form.BeforeThinking, delta.Reasoning);
        }
        else if (delta.Text.Length > 0)
        {
            Line(_form.BeforeText, delta.Text);
        }
    }

    public void Done(Completed completed)
    {
        var finishReason = completed.FinishReasons is [var first, ..] ? first : completed.FinishReason;
        if (CallArguments.Whole(_toolCalls.Calls, finishReason) is { Count: > 0 } calls)
        {
            Line(new Piece { ToolCalls = calls }, null);
        }

        Line(new Piece(), Ending.Of(completed, finishReason, CallTimes.Now(time, began, context)));
    }

    public void Error(MeshException error)
    {
        output.Raw(OllamaErrorShape.Body(error));
        output.Raw("\n"u8);
    }

    // Clients trip over an empty line. White space before the next one they all pass over, as JSON has it.
    public void KeepAlive() => output.Raw(" "u8);

    private static byte[] ModelJson(string model) => JsonSerializer.SerializeToUtf8Bytes(model, OllamaErrorJson.Readable.String);

    private void Rare(Delta delta)
    {
        // Ollama's API has one answer. Another could only come of a field that the client sent for a backend, and has no place here.
        if (delta.Choice != 0)
        {
            return;
        }

        if (delta.ToolCall is { } call)
        {
            _toolCalls.Add(call);
        }

        if (delta is not { Text.Length: 0, Reasoning.Length: 0, Refusal.Length: 0, Logprobs.Count: 0 })
        {
            Line(new Piece { Text = delta.Text + delta.Refusal, Thinking = delta.Reasoning, Logprobs = delta.Logprobs }, null);
        }
    }

    private void Line(Piece piece, Ending? ending)
    {
        output.Raw(AnswerJson.Write(request.Chat.AnsweredAs(context.Accepted), time.GetUtcNow(), _form, piece, ending).Span);
        output.Raw("\n"u8);
    }

    private void Line(ReadOnlySpan<byte> before, ReadOnlySpan<char> text)
    {
        Span<byte> created = stackalloc byte[Timestamp.Length];
        Timestamp.Write(time.GetUtcNow(), created);
        output.Raw(_head);
        output.Raw(created);
        output.Raw(before);
        output.Escaped(text);
        output.Raw(_form.After);
    }
}
