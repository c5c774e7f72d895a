using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Values;

/// <summary>A model as the command line names it: <c>NAME</c> or <c>NAME@VERSION</c>, split at the last <c>@</c>; a name that holds one itself is given with <c>--version</c>.</summary>
internal readonly record struct ModelReference(string Name, string? Version)
{
    public static ModelReference Parse(string text, string? version = null)
    {
        if (version is not null)
        {
            return new ModelReference(text, version);
        }

        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 ? new ModelReference(text[..at], text[(at + 1)..]) : new ModelReference(text, null);
    }

    /// <exception cref="CommandFailure">No version is named.</exception>
    public string NeedVersion() => Version ?? throw CommandFailure.Usage($"'{Name}' names no version: say {Name}@VERSION.");

    public override string ToString() => Version is null ? Name : $"{Name}@{Version}";
}
