using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.OpenAI.Responses.Output;

namespace ModelMesh.Gateway.OpenAI.Responses.Events;

/// <summary>
/// The items of a streamed answer. Of those that hold texts one is open at a time, and ends when another one or a call begins. Calls are open to the
/// end of the answer: their pieces may come in turns.
/// </summary>
internal sealed class OpenItems(EventWriter events, string requestId)
{
    private readonly List<OutputItem> _items = [];
    private readonly Dictionary<int, OpenCall> _calls = [];
    private ContentItem? _item;
    private OpenContent? _content;

    /// <summary>All of them by their index, also those that have ended.</summary>
    public IReadOnlyList<OutputItem> All => _items;

    public void Text(PartKind kind, string text, IReadOnlyList<TokenLogprob> logprobs)
    {
        if (_content?.Kind != kind)
        {
            _content = Open(kind);
        }

        _content!.Add(text, logprobs);
    }

    public void Call(ToolCallDelta piece)
    {
        CloseContent(ItemStatus.Completed);
        if (!_calls.TryGetValue(piece.Index, out var call))
        {
            var item = new FunctionCallItem(requestId, _items.Count, piece.Id, piece.Name);
            _items.Add(item);
            _calls.Add(piece.Index, call = new OpenCall(events, item));
        }

        if (piece.Arguments.Length > 0)
        {
            call.Add(piece.Arguments);
        }
    }

    /// <param name="last">The status of the last item, which is the one that was cut where the answer was.</param>
    public void Close(string last)
    {
        foreach (var call in _calls.Values.OrderBy(call => call.Item.Index))
        {
            call.Close(call.Item == _items[^1] ? last : ItemStatus.Completed);
        }

        CloseContent(last);
    }

    /// <summary>The answer broke off: nothing more is told of items that are open.</summary>
    public void Break()
    {
        foreach (var item in _items.Where(item => item.Status == ItemStatus.InProgress))
        {
            item.Status = ItemStatus.Incomplete;
        }
    }

    private OpenContent Open(PartKind kind)
    {
        var thinks = kind.IsReasoning;
        if (_item is ReasoningItem == thinks && _item is not null)
        {
            _content?.Close();
            return new OpenContent(events, _item, kind);
        }

        CloseContent(ItemStatus.Completed);
        _item = thinks ? new ReasoningItem(requestId, _items.Count) : new MessageItem(requestId, _items.Count);
        _items.Add(_item);
        events.Item("response.output_item.added", _item);
        return new OpenContent(events, _item, kind);
    }

    private void CloseContent(string status)
    {
        if (_item is null)
        {
            return;
        }

        _content?.Close();
        _item.Status = status;
        events.Item("response.output_item.done", _item);
        (_item, _content) = (null, null);
    }
}
