using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>Collects an update's contents, which in nearly every chunk are one text: no content is made of that before it is known what it is for.</summary>
internal struct ContentsBuilder
{
    private List<AIContent>? _list;
    private string? _text;

    public readonly bool IsEmpty => _list is null && _text is null;

    /// <summary>The text, where there is nothing else.</summary>
    public readonly string? OnlyText => _list is null ? _text : null;

    public void AddText(string text)
    {
        if (IsEmpty)
        {
            _text = text;
        }
        else
        {
            Add(new TextContent(text));
        }
    }

    public void Add(AIContent content)
    {
        MakeList();
        _list!.Add(content);
    }

    /// <summary>All of it in order. For one call.</summary>
    public List<AIContent> ToList()
    {
        MakeList();
        return _list!;
    }

    private void MakeList()
    {
        _list ??= new List<AIContent>(1);
        if (_text is { } text)
        {
            _text = null;
            _list.Add(new TextContent(text));
        }
    }
}
