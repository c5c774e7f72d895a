using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Errors;
using ModelMesh.Gateway.OpenAI.Responses.Output;

namespace ModelMesh.Gateway.OpenAI.Responses.Events;

/// <summary>The typed events of a streamed answer.</summary>
/// <param name="mostBytes">The most that it may have: its last events repeat all of it.</param>
internal sealed class ResponsesFormat(AnswerOutput output, ResponseObject response, int mostBytes) : IAnswerFormat
{
    private readonly EventWriter _events = new(output);
    private OpenItems? _items;
    private long _bytes;

    // A backend may send what it says of tokens after their text, in a piece without any.
    private bool _textWasLast = true;

    public string ContentType => "text/event-stream; charset=utf-8";

    private OpenItems Items => _items ?? Open();

    public void Delta(Delta delta)
    {
        // This API asks for one answer.
        if (delta.Choice != 0)
        {
            return;
        }

        Count(delta);
        var items = Items;
        if (delta.Reasoning.Length > 0)
        {
            items.Text(response.Reasoning, delta.Reasoning, []);
        }

        // What it says of the tokens of thoughts, refusals and calls has no place in this API.
        _textWasLast = delta is { Refusal.Length: 0, ToolCall: null } && (delta.Text.Length > 0 || (_textWasLast && delta.Reasoning.Length == 0));
        if (delta.Text.Length > 0 || (_textWasLast && delta.Logprobs.Count > 0))
        {
            items.Text(PartKind.OutputText, delta.Text, delta.Logprobs);
        }

        if (delta.Refusal.Length > 0)
        {
            items.Text(PartKind.Refusal, delta.Refusal, []);
        }

        if (delta.ToolCall is { } piece)
        {
            items.Call(piece);
        }
    }

    public void Done(Completed completed)
    {
        var items = Items;
        var incomplete = ResponseObject.IncompleteReason(completed) is not null;
        items.Close(incomplete ? ItemStatus.Incomplete : ItemStatus.Completed);
        _events.Response(incomplete ? "response.incomplete" : "response.completed", response.Ended(items.All, completed));
    }

    /// <remarks>Clients differ in which of the two events they take for a failure; those that take both report the first.</remarks>
    public void Error(MeshException error)
    {
        var items = Items;
        items.Break();
        _events.Event("error", json => StreamError.Write(json, OpenAIErrorShape.Info(error)));
        _events.Response("response.failed", response.Failed(items.All, error));
    }

    public void KeepAlive() => output.Raw(": keep-alive\n\n"u8);

    private OpenItems Open()
    {
        var started = response.InProgress();
        _events.Response("response.created", started);
        _events.Response("response.in_progress", started);
        return _items = new OpenItems(_events, response.RequestId);
    }

    private void Count(Delta delta)
    {
        _bytes += delta.CalculateSize();
        if (_bytes > mostBytes)
        {
            throw new MeshException(ErrorCode.BackendError, $"The answer is longer than {mostBytes} bytes, the most that this API keeps to repeat them at its end. Use /v1/chat/completions for longer ones.");
        }
    }
}
