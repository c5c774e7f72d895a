using System.Reflection;
using System.Runtime.Loader;

namespace ModelMesh.Registry.Plugins;

/// <summary>One plugin's assemblies, apart from all others and unloadable.</summary>
internal sealed class PluginLoadContext(string mainAssembly) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(mainAssembly), isCollectible: true)
{
    private readonly AssemblyDependencyResolver _resolver = new(mainAssembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Contains(assemblyName))
        {
            return null;
        }

        // Refused here rather than left to the default context, which would hand out a package of the registry's own and hide that the plugin lacks it.
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : throw new FileNotFoundException($"The plugin's folder has no {assemblyName.Name}.dll that its .deps.json names.", assemblyName.Name + ".dll");
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
}
