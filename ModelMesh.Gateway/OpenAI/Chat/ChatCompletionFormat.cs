using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI.Chat;

/// <summary>
/// The chunks of a streamed chat completion. Each choice begins with a chunk that names the role and ends with one that says why; <c>[DONE]</c> comes
/// after a complete answer only.
/// </summary>
internal sealed class ChatCompletionFormat : IAnswerFormat
{
    private readonly AnswerOutput _output;
    private readonly ChunkFrame _frame;
    private readonly ChunkChoiceJson _choices;
    private readonly byte[] _text;
    private readonly byte[] _reasoning;
    private readonly byte[] _end;
    private readonly HashSet<int> _begun = [];
    private bool _firstHasBegun;

    public ChatCompletionFormat(AnswerOutput output, ChunkFrame frame, string requestId)
    {
        (_output, _frame, _choices) = (output, frame, new ChunkChoiceJson(requestId));
        _text = [.. frame.Head, .. "{\"index\":0,\"delta\":{\"content\":\""u8];
        _reasoning = [.. frame.Head, .. "{\"index\":0,\"delta\":{\"reasoning_content\":\""u8];
        _end = [.. "\"},\"finish_reason\":null}"u8, .. frame.Tail];
    }

    public string ContentType => "text/event-stream; charset=utf-8";

    public void Delta(Delta delta)
    {
        // Nearly all of an answer is text, and of what a model thinks first nearly all is reasoning: neither costs an object.
        if (!_firstHasBegun || delta is not { Choice: 0, ToolCall: null, Refusal.Length: 0, Logprobs.Count: 0 } || (delta.Text.Length > 0 && delta.Reasoning.Length > 0))
        {
            Begin(delta.Choice, isCall: delta is { Text.Length: 0, ToolCall: not null });
            _frame.Write(_output, _choices.Delta(delta));
        }
        else if (delta.Reasoning.Length > 0)
        {
            Plain(_reasoning, delta.Reasoning);
        }
        else
        {
            Plain(_text, delta.Text);
        }
    }

    public void Done(Completed completed)
    {
        var count = Math.Max(1, completed.FinishReasons.Count);
        for (var choice = 0; choice < count; choice++)
        {
            Begin(choice, isCall: false);
            var reason = completed.FinishReasons.Count == 0 ? completed.FinishReason : completed.FinishReasons[choice];
            _frame.Write(_output, ChunkChoiceJson.Finish(choice, FinishReasons.OfChat(reason)));
        }

        _frame.WriteEnd(_output, completed);
    }

    public void Error(MeshException error) => ErrorChunk.Write(_output, error);

    public void KeepAlive() => _output.Raw(": keep-alive\n\n"u8);

    private void Begin(int choice, bool isCall)
    {
        if (_begun.Add(choice))
        {
            _firstHasBegun |= choice == 0;
            _frame.Write(_output, ChunkChoiceJson.Role(choice, isCall));
        }
    }

    private void Plain(ReadOnlySpan<byte> head, ReadOnlySpan<char> text)
    {
        _output.Raw(head);
        _output.Escaped(text);
        _output.Raw(_end);
    }
}
