namespace ModelMesh.Testing.Backends;

/// <summary>A tool call that an upstream makes: its arguments' text in the pieces it is sent in.</summary>
public sealed record ScriptedToolCall(string Id, string Name, params string[] Pieces)
{
    public string Arguments => string.Concat(Pieces);
}
