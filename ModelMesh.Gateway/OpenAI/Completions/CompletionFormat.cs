using System.Buffers;
using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI.Completions;

/// <summary>The chunks of a streamed completion. What a model thinks has no place in them.</summary>
internal sealed class CompletionFormat : IAnswerFormat
{
    private readonly AnswerOutput _output;
    private readonly ChunkFrame _frame;
    private readonly byte[] _text;
    private readonly byte[] _end;
    private readonly Dictionary<int, int> _lengths = [];

    public CompletionFormat(AnswerOutput output, ChunkFrame frame)
    {
        (_output, _frame) = (output, frame);
        _text = [.. frame.Head, .. "{\"index\":0,\"text\":\""u8];
        _end = [.. "\",\"logprobs\":null,\"finish_reason\":null}"u8, .. frame.Tail];
    }

    public string ContentType => "text/event-stream; charset=utf-8";

    public void Delta(Delta delta)
    {
        if (delta is { Choice: 0, Refusal.Length: 0, Logprobs.Count: 0, Text.Length: > 0 })
        {
            _output.Raw(_text);
            _output.Escaped(delta.Text);
            _output.Raw(_end);
        }
        else if (delta.Text.Length + delta.Refusal.Length + delta.Logprobs.Count > 0)
        {
            // A refusal is what the model says.
            _frame.Write(_output, Choice(delta.Choice, delta.Text + delta.Refusal, delta.Logprobs, null));
        }
    }

    public void Done(Completed completed)
    {
        var count = Math.Max(1, completed.FinishReasons.Count);
        for (var choice = 0; choice < count; choice++)
        {
            var reason = completed.FinishReasons.Count == 0 ? completed.FinishReason : completed.FinishReasons[choice];
            _frame.Write(_output, Choice(choice, "", [], FinishReasons.OfCompletion(reason)));
        }

        _frame.WriteEnd(_output, completed);
    }

    public void Error(MeshException error) => ErrorChunk.Write(_output, error);

    public void KeepAlive() => _output.Raw(": keep-alive\n\n"u8);

    private ReadOnlySpan<byte> Choice(int choice, string text, IReadOnlyList<TokenLogprob> logprobs, string? finishReason)
    {
        var offset = _lengths.GetValueOrDefault(choice);
        _lengths[choice] = offset + logprobs.Sum(token => token.Token.Length);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, ReadableBytes.Options);
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteString("text"u8, text);
        CompletionLogprobsJson.Write(json, logprobs, offset);
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }
}
