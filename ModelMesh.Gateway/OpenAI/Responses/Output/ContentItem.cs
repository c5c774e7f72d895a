namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>An item whose content is texts.</summary>
internal abstract class ContentItem(string prefix, string requestId, int index) : OutputItem(prefix, requestId, index)
{
    protected List<TextPart> Content { get; } = [];

    /// <returns>The part and its index.</returns>
    public (TextPart Part, int Index) Add(PartKind kind)
    {
        var part = new TextPart(kind);
        Content.Add(part);
        return (part, Content.Count - 1);
    }
}
