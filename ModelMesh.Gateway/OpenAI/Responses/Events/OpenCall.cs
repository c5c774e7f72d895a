using ModelMesh.Gateway.OpenAI.Responses.Output;

namespace ModelMesh.Gateway.OpenAI.Responses.Events;

/// <summary>A tool call whose arguments grow.</summary>
internal sealed class OpenCall
{
    private readonly EventWriter _events;
    private readonly byte[] _head;

    public OpenCall(EventWriter events, FunctionCallItem item)
    {
        (_events, Item) = (events, item);
        _head = PartKind.Arguments.Head(item, part: null);
        events.Item("response.output_item.added", item);
    }

    public FunctionCallItem Item { get; }

    public void Add(string arguments)
    {
        Item.Arguments.Add(arguments, []);
        _events.Delta(_head, arguments, PartKind.Arguments);
    }

    public void Close(string status)
    {
        Item.Status = status;
        _events.Event(PartKind.Arguments.DoneEvent, json =>
        {
            json.WriteString("item_id"u8, Item.Id);
            json.WriteNumber("output_index"u8, Item.Index);
            json.WriteString("name"u8, Item.Name);
            json.WriteString("arguments"u8, Item.Arguments.Text);
        });
        _events.Item("response.output_item.done", Item);
    }
}
