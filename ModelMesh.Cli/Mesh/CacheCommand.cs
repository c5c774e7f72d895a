using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Mesh;

/// <summary><c>mesh cache</c>, which holds <c>clear</c>.</summary>
internal sealed class CacheCommand : MeshCommand
{
    public CacheCommand()
        : base("cache", "Answers that are kept for requests that are exactly the same", "mesh cache clear --yes") => Add(new CacheClearCommand());
}
