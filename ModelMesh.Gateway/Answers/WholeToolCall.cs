using System.Text;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>A tool call, joined of its pieces.</summary>
internal sealed class WholeToolCall
{
    private readonly StringBuilder _arguments = new();

    public string Id { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>JSON text as the model wrote it; it may be none.</summary>
    public string Arguments => _arguments.ToString();

    public void Add(ToolCallDelta piece)
    {
        Id = Id.Length == 0 ? piece.Id : Id;
        Name = Name.Length == 0 ? piece.Name : Name;
        _arguments.Append(piece.Arguments);
    }
}
