using System.Reflection;

namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>A plugin root of a test's own, filled from the folders that the plugin projects build to. Deleted at the end.</summary>
internal sealed class PluginFolders : IDisposable
{
    private static readonly string Artifacts = typeof(PluginFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "ArtifactsPath").Value!;

    public string Root { get; } = Directory.CreateTempSubdirectory("modelmesh-plugin-root-").FullName;

    public static string Mock { get; } = Path.Combine(Artifacts, "backends", "ModelMesh.Backends.Mock");

    public static string TestPlugin(string project) => Path.Combine(Artifacts, "test-plugins", project);

    public string this[string folder] => Path.Combine(Root, folder);

    public void DropMock() => Drop(Mock, "ModelMesh.Backends.Mock");

    /// <summary>Copies a built plugin into the root, over what is there.</summary>
    public void Drop(string source, string folder)
    {
        Directory.CreateDirectory(this[folder]);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(this[folder], Path.GetFileName(file)), overwrite: true);
        }
    }

    /// <summary>Drops the plugin that does as it is told: <paramref name="how"/> is the type it serves, <c>throw</c>, <c>hang</c> or <c>hang-static</c>.</summary>
    /// <param name="how">What it does.</param>
    /// <param name="waitFor">The file that it waits for before it does it.</param>
    public void DropMisbehaving(string how, string? waitFor = null)
    {
        Drop(TestPlugin("Misbehaving"), "Misbehaving");
        File.WriteAllLines(Path.Combine(this["Misbehaving"], "how.txt"), waitFor is null ? [how] : [how, waitFor]);
    }

    /// <summary>Makes a folder look like a new build of the same plugin.</summary>
    public void Touch(string folder)
    {
        var main = Path.Combine(this[folder], folder + ".dll");
        File.SetLastWriteTimeUtc(main, File.GetLastWriteTimeUtc(main).AddSeconds(1));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
