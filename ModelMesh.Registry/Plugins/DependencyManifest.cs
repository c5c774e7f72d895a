using System.Text.Json;

namespace ModelMesh.Registry.Plugins;

/// <summary>
/// Looks through a plugin's <c>.deps.json</c> before the runtime does: its own reader, in native code, takes the types of what it finds for granted and ends
/// the process where they are others. 1. The target's name is a text, 2. targets hold libraries that hold groups of assets, all of them objects,
/// 3. an asset of a platform names it, 4. each library says its type and its hash.
/// </summary>
internal static class DependencyManifest
{
    private static readonly string[] AssetGroups = ["runtime", "native", "resources", "runtimeTargets"];

    // What the runtime's reader takes beside plain JSON.
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="PluginLoadException">The runtime could not read it.</exception>
    public static void Check(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var manifest = JsonDocument.Parse(file, Reading);
            Check(manifest.RootElement);
        }
        catch (JsonException exception)
        {
            throw Unusable($"is not JSON: {exception.Message}", exception);
        }
    }

    private static void Check(JsonElement manifest)
    {
        RequireObject(manifest, "it");

        // 1.
        var targets = All(manifest, "runtimeTarget").ToArray();
        if (targets.Length == 0)
        {
            throw Unusable("has no runtimeTarget");
        }

        foreach (var target in targets.Where(target => target.ValueKind != JsonValueKind.String))
        {
            RequireObject(target, "runtimeTarget");
            RequireText(target, "name", "runtimeTarget");
        }

        // 2.
        foreach (var library in All(manifest, "targets").SelectMany(all => Objects(all, "targets")).SelectMany(target => Objects(target.Value, target.Name)))
        {
            foreach (var group in AssetGroups)
            {
                CheckAssets(library, group);
            }
        }

        // 4.
        foreach (var library in All(manifest, "libraries").SelectMany(all => Objects(all, "libraries")))
        {
            RequireText(library.Value, "type", library.Name);
            RequireText(library.Value, "sha512", library.Name);
        }
    }

    private static void CheckAssets(JsonProperty library, string group)
    {
        foreach (var asset in All(library.Value, group).SelectMany(assets => Objects(assets, $"{group} of {library.Name}")))
        {
            // 3.
            if (group == "runtimeTargets")
            {
                RequireText(asset.Value, "rid", asset.Name);
                RequireText(asset.Value, "assetType", asset.Name);
            }
        }
    }

    // A name may be there twice, and of two readers one takes the first and one the last.
    private static IEnumerable<JsonElement> All(JsonElement element, string name) =>
        element.EnumerateObject().Where(property => property.NameEquals(name)).Select(property => property.Value);

    private static IEnumerable<JsonProperty> Objects(JsonElement element, string name)
    {
        RequireObject(element, name);
        foreach (var property in element.EnumerateObject())
        {
            RequireObject(property.Value, property.Name);
            yield return property;
        }
    }

    private static void RequireObject(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Unusable($"is wrong: {name} must be an object");
        }
    }

    private static void RequireText(JsonElement element, string name, string of)
    {
        var found = All(element, name).ToArray();
        if (found.Length == 0 || found.Any(value => value.ValueKind != JsonValueKind.String))
        {
            throw Unusable($"is wrong: {name} of {of} must be a string");
        }
    }

    private static PluginLoadException Unusable(string how, Exception? innerException = null) =>
        new($"Its .deps.json {how}. Copy the whole build output once more.", innerException);
}
