namespace ModelMesh.Registry.Plugins;

internal static class PluginRoots
{
    private static readonly string[] Defaults = [Path.Combine("artifacts", "backends"), "backends"];

    /// <summary>The configured roots as full paths; with none configured, the defaults found upward from where the service lives.</summary>
    public static IReadOnlyList<string> Resolve(PluginOptions options, string contentRoot, string baseDirectory) =>
        options.Roots.Count > 0
            ? [.. options.Roots.Select(root => Path.GetFullPath(root, contentRoot)).Distinct(StringComparer.Ordinal)]
            : FindDefaults(contentRoot) ?? FindDefaults(baseDirectory) ?? [.. Defaults.Select(root => Path.Combine(Path.GetFullPath(contentRoot), root))];

    // The root of a clone or deployment is the nearest folder above that has one of them. Both are watched then, the other may come later.
    private static string[]? FindDefaults(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            string[] candidates = [.. Defaults.Select(root => Path.Combine(folder.FullName, root))];
            if (candidates.Any(Directory.Exists))
            {
                return candidates;
            }
        }

        return null;
    }
}
