using System.Reflection;
using System.Text.RegularExpressions;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Plugins;

/// <summary>
/// Turns a folder into a <see cref="PluginBuild"/>: 1. check that it is complete, 2. copy it, 3. check its .deps.json, 4. load it in a context of its own,
/// 5. check the SDK it was built against, 6. check that what it references is there, 7. find its factory, 8. make the factory, 9. check the factory's type.
/// </summary>
internal sealed partial class PluginLoader(ShadowCopies copies)
{
    /// <exception cref="PluginLoadException">The folder cannot be used; nothing of it stays loaded.</exception>
    public PluginBuild Load(PluginFolder folder)
    {
        // 1.
        CheckComplete(folder);

        // 2.
        var copy = copies.Copy(folder);

        PluginLoadContext? context = null;
        try
        {
            // 3.
            DependencyManifest.Check(Path.Combine(copy, folder.Name + ".deps.json"));

            // 4.
            context = new PluginLoadContext(Path.Combine(copy, folder.Name + ".dll"));
            var assembly = context.LoadFromAssemblyPath(Path.Combine(copy, folder.Name + ".dll"));
            CheckSdk(assembly);
            CheckReferences(assembly, context);
            var factory = MakeFactory(FindFactory(assembly));
            var type = factory.Type;
            if (type is null || !ValidType().IsMatch(type))
            {
                // 9.
                throw new PluginLoadException($"Its factory's Type is '{type}'; it must be 1 to 50 lower-case letters, digits, '-' and '_'.");
            }

            return new PluginBuild(context, factory, copy, folder.Name, VersionOf(assembly));
        }
        catch (Exception exception)
        {
            context?.Unload();
            ShadowCopies.Delete(copy);
            throw exception as PluginLoadException ?? new PluginLoadException($"{exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    // 1. Without this file nothing says which of the other files are the plugin's own dependencies.
    private static void CheckComplete(PluginFolder folder)
    {
        if (!File.Exists(Path.Combine(folder.Path, folder.Name + ".dll")) && PluginFolder.OutputOfAnotherName(folder.Path) is { } assembly)
        {
            throw new PluginLoadException($"It holds the plugin {assembly}, so the folder has to be named {assembly}.");
        }

        if (!File.Exists(Path.Combine(folder.Path, folder.Name + ".deps.json")))
        {
            throw new PluginLoadException($"It has no {folder.Name}.deps.json beside {folder.Name}.dll; copy the whole build output, not the assembly alone.");
        }
    }

    // 5.
    private static void CheckSdk(Assembly assembly)
    {
        var sdk = typeof(IBackend).Assembly.GetName().Name;
        var wanted = Array.Find(assembly.GetReferencedAssemblies(), reference => reference.Name == sdk)?.Version
            ?? throw new PluginLoadException($"It does not use {sdk}, so it is no backend plugin.");
        var ours = SharedAssemblies.Sdk;
        if (wanted.Major != ours.Major || wanted.Minor > ours.Minor)
        {
            throw new PluginLoadException($"It was built against {sdk} {wanted.ToString(2)}; this registry has {ours.ToString(2)}.");
        }
    }

    // 6. A reference that cannot be resolved would else surface as a failure of some request, much later.
    private static void CheckReferences(Assembly assembly, PluginLoadContext context)
    {
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            try
            {
                context.LoadFromAssemblyName(reference);
            }
            catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
            {
                throw new PluginLoadException($"It needs {reference.Name} {reference.Version}, which cannot be loaded: {exception.Message}", exception);
            }
        }
    }

    // 7.
    private static Type FindFactory(Assembly assembly)
    {
        var type = assembly.GetCustomAttribute<BackendFactoryAttribute>()?.Factory
            ?? throw new PluginLoadException("It has no [assembly: BackendFactory(typeof(…))] that names its factory.");
        return type is { IsClass: true, IsAbstract: false } && typeof(IBackendFactory).IsAssignableFrom(type) && type.GetConstructor([]) is not null
            ? type
            : throw new PluginLoadException($"Its factory {type.FullName} must be a class with a public constructor without parameters that implements {nameof(IBackendFactory)}.");
    }

    // 8.
    private static IBackendFactory MakeFactory(Type type)
    {
        try
        {
            return (IBackendFactory)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } thrown)
        {
            throw new PluginLoadException($"The constructor of {type.FullName} threw {thrown.GetType().Name}: {thrown.Message}", thrown);
        }
    }

    // The part after '+' is the commit, which says nothing to an operator.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "";

    [GeneratedRegex("^[a-z0-9_-]{1,50}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex ValidType();
}
