namespace ModelMesh.Backends.Wire.OpenAIWire.Requests;

/// <summary>In what a server's requests differ from the rest. Immutable.</summary>
public sealed record ChatRequestStyle
{
    /// <summary>As most take them.</summary>
    public static ChatRequestStyle Default { get; } = new();

    /// <summary>
    /// Whether a <c>tool_choice</c> that names a tool is sent as that one tool with the choice <c>required</c>, which means the same: for servers that ignore the name.
    /// </summary>
    public bool NamedToolIsOnlyTool { get; init; }
}
