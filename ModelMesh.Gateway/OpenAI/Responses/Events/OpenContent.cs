using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.OpenAI.Responses.Output;

namespace ModelMesh.Gateway.OpenAI.Responses.Events;

/// <summary>The one part of an item's content that grows: told when it begins, with every piece, and when it ends.</summary>
internal sealed class OpenContent
{
    private readonly EventWriter _events;
    private readonly ContentItem _item;
    private readonly TextPart _part;
    private readonly int _index;
    private readonly byte[] _head;

    public OpenContent(EventWriter events, ContentItem item, PartKind kind)
    {
        (_events, _item) = (events, item);
        (_part, _index) = item.Add(kind);
        _head = kind.Head(item, _index);
        Part("added");
    }

    public PartKind Kind => _part.Kind;

    public void Add(string text, IReadOnlyList<TokenLogprob> logprobs)
    {
        _part.Add(text, logprobs);
        if (logprobs.Count == 0)
        {
            _events.Delta(_head, text, Kind);
        }
        else
        {
            Tell(text, logprobs);
        }
    }

    public void Close()
    {
        _events.Event(Kind.DoneEvent, json =>
        {
            WritePlace(json);
            json.WriteString(Kind.Field, _part.Text);
            if (Kind == PartKind.OutputText)
            {
                LogprobsJson.Write(json, _part.Logprobs);
            }
        });
        Part("done");
    }

    // A method of its own: what it captures would cost every piece an object.
    private void Tell(string text, IReadOnlyList<TokenLogprob> logprobs) => _events.Event(Kind.DeltaEvent, json =>
    {
        WritePlace(json);
        json.WriteString("delta"u8, text);
        LogprobsJson.Write(json, logprobs);
    });

    private void Part(string what) => _events.Event($"{Kind.PartEvents}.{what}", json =>
    {
        WritePlace(json);
        json.WritePropertyName("part"u8);
        _part.Write(json);
    });

    private void WritePlace(Utf8JsonWriter json)
    {
        json.WriteString("item_id"u8, _item.Id);
        json.WriteNumber("output_index"u8, _item.Index);
        json.WriteNumber(Kind.IndexField, _index);
    }
}
