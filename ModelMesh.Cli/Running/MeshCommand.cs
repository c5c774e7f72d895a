using System.CommandLine;

namespace ModelMesh.Cli.Running;

/// <summary>A command with examples for its help. One that holds others only is made of this; one that does something derives from <see cref="ActingCommand"/>.</summary>
/// <param name="examples">Command lines as a user would type them.</param>
internal class MeshCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
