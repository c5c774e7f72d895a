using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>A tool that the caller declared, and runs itself: the one kind of tool in <see cref="ChatOptions.Tools"/> of a call that the mesh makes.</summary>
public sealed class ToolDeclaration(string name, string description, JsonElement parameters, bool? strict = null) : AIFunctionDeclaration
{
    /// <inheritdoc/>
    public override string Name { get; } = name;

    /// <inheritdoc/>
    public override string Description { get; } = description;

    /// <summary>The JSON schema of the arguments, as the caller wrote it.</summary>
    public override JsonElement JsonSchema { get; } = parameters;

    /// <summary>Whether the arguments must match the schema exactly; null when the caller did not say.</summary>
    public bool? Strict { get; } = strict;
}
