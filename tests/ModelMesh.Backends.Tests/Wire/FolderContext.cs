using System.Reflection;
using System.Runtime.Loader;

namespace ModelMesh.Backends.Tests.Wire;

/// <summary>A plugin's built folder in a context of its own, as the host loads it: what the folder holds is private, the rest is shared.</summary>
internal sealed class FolderContext(string folder) : AssemblyLoadContext(Path.GetFileName(folder), isCollectible: true)
{
    public Assembly LoadPlugin() => LoadFromAssemblyPath(Path.Combine(folder, Name + ".dll"));

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Path.Combine(folder, assemblyName.Name + ".dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
}
