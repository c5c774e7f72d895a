using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>Collects an update's contents in a list that has room for one, which is what nearly every chunk holds.</summary>
internal struct ContentsBuilder
{
    public List<AIContent>? List { get; private set; }

    public void Add(AIContent content) => (List ??= new List<AIContent>(1)).Add(content);
}
