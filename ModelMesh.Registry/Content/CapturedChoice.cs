using System.Text;
using System.Text.Json;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Content;

/// <summary>One of the answers to a request, as it is captured.</summary>
internal sealed class CapturedChoice
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly SortedList<int, Call> _calls = [];

    public void Add(AnswerPiece piece)
    {
        _text.Append(piece.Text);
        if (piece.Extras is { } extras)
        {
            _reasoning.Append(extras.Reasoning);
            _text.Append(extras.Refusal);
            AddCall(extras);
        }
    }

    public void Write(Utf8JsonWriter json, string finishReason, TextBudget budget)
    {
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        json.WriteStartArray("parts");
        if (_reasoning.Length > 0)
        {
            MessagesJson.WriteText(json, "reasoning", budget.Take(_reasoning.ToString()));
        }

        if (_text.Length > 0)
        {
            MessagesJson.WriteText(json, "text", budget.Take(_text.ToString()));
        }

        foreach (var call in _calls.Values)
        {
            MessagesJson.WriteToolCall(json, call.Id, budget.Take(call.Name), budget.Take(call.Arguments.ToString()));
        }

        json.WriteEndArray();
        json.WriteString("finish_reason", finishReason);
        json.WriteEndObject();
    }

    private void AddCall(AnswerExtras extras)
    {
        if (extras.ToolCall is not { } piece)
        {
            return;
        }

        if (!_calls.TryGetValue(piece.Index, out var call))
        {
            _calls.Add(piece.Index, call = new Call());
        }

        call.Id = piece.CallId ?? call.Id;
        call.Name = piece.Name ?? call.Name;
        call.Arguments.Append(piece.Arguments);
    }

    private sealed class Call
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
