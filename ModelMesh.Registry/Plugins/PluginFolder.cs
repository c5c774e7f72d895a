using System.Security.Cryptography;
using System.Text;

namespace ModelMesh.Registry.Plugins;

/// <summary>A folder that is a plugin. The fingerprint changes with the name, size or time of any of its files.</summary>
internal sealed record PluginFolder(string Path, string Fingerprint)
{
    private const string DepsEnding = ".deps.json";

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>
    /// Reads a folder as a plugin, or null when it is none: it lacks <c>{name}.dll</c>, as a plugin's source folder does, or it went away while
    /// it was read. One that has it, or a build output of another name, is meant as a plugin, so whatever else it lacks is for the loader to say.
    /// </summary>
    public static PluginFolder? Read(string path)
    {
        try
        {
            if (!File.Exists(System.IO.Path.Combine(path, System.IO.Path.GetFileName(path) + ".dll")) && OutputOfAnotherName(path) is null)
            {
                return null;
            }

            var text = new StringBuilder();
            foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                text.Append(file.FullName, path.Length, file.FullName.Length - path.Length).Append('|').Append(file.Length).Append('|').Append(file.LastWriteTimeUtc.Ticks).Append('\n');
            }

            return new PluginFolder(path, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The assembly whose build output lies in a folder of another name; null when there is none, or the folder lacks no more than its own assembly.</summary>
    /// <exception cref="IOException">The folder went away.</exception>
    public static string? OutputOfAnotherName(string path)
    {
        var own = System.IO.Path.GetFileName(path);
        return File.Exists(System.IO.Path.Combine(path, own + DepsEnding))
            ? null
            : Directory.EnumerateFiles(path, "*" + DepsEnding)
                .Select(file => System.IO.Path.GetFileName(file)[..^DepsEnding.Length])
                .FirstOrDefault(name => name != own && File.Exists(System.IO.Path.Combine(path, name + ".dll")));
    }

    /// <summary>Every plugin folder under the roots, by root in their order, then by name.</summary>
    public static IReadOnlyList<PluginFolder> ReadAll(IEnumerable<string> roots) =>
        [.. roots.SelectMany(SubfoldersOf).Select(Read).OfType<PluginFolder>()];

    private static IEnumerable<string> SubfoldersOf(string root)
    {
        try
        {
            return Directory.Exists(root) ? Directory.GetDirectories(root).Order(StringComparer.Ordinal) : [];
        }
        catch (IOException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }
}
