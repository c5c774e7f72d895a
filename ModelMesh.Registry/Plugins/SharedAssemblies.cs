using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Plugins;

/// <summary>
/// The assemblies that a plugin gets from the host, whatever it brings: those whose types cross the border, and what the shared frameworks
/// hold. Everything else, also what the registry itself happens to use, is the plugin's own business.
/// </summary>
internal static class SharedAssemblies
{
    private static readonly FrozenSet<string> Names = Find();

    public static Version Sdk { get; } = typeof(IBackend).Assembly.GetName().Version!;

    public static bool Contains(AssemblyName name) => name.Name is { } simple && Names.Contains(simple);

    private static FrozenSet<string> Find()
    {
        // The shared frameworks lie side by side: .../shared/Microsoft.NETCore.App/10.0.x, .../shared/Microsoft.AspNetCore.App/10.0.x.
        var shared = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..")) + Path.DirectorySeparatorChar;
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        return trusted
            .Where(path => path.StartsWith(shared, StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Append(typeof(IBackend).Assembly.GetName().Name!)
            .Append(typeof(IChatClient).Assembly.GetName().Name!)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
