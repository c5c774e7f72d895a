using System.IO.Compression;

namespace ModelMesh.Feed.Tests;

/// <summary>
/// A folder source with what only a full source has. The packages are empty, but for the MSBuild SDK, which sets the properties that the real one sets.
/// </summary>
internal static class StandInSource
{
    private const string Aspire = "13.5.4";

    public static void AddTo(Clone clone)
    {
        var folder = clone.Folder("stand-in");
        foreach (var (id, version) in new[]
        {
            ("Aspire.Hosting.AppHost", Aspire), ("Aspire.Hosting.Redis", Aspire), ("Aspire.Hosting.Testing", Aspire),
            ("StackExchange.Redis", "2.13.17"),
        })
        {
            Write(folder, id, version, ("lib/net10.0/_._", string.Empty));
        }

        // What this machine's own source lacks of the rest, a full one has.
        foreach (var package in Directory.EnumerateFiles(Path.Combine(Clone.RepositoryRoot, "artifacts", "feed", "packages"), "*.nupkg"))
        {
            File.Copy(package, Path.Combine(folder, Path.GetFileName(package)));
        }

        Write(folder, "Aspire.AppHost.Sdk", Aspire,
            ("Sdk/Sdk.props", $"<Project><PropertyGroup><AspireHostingSDKVersion>{Aspire}</AspireHostingSDKVersion><IsAspireHost>true</IsAspireHost></PropertyGroup></Project>"),
            ("Sdk/Sdk.targets", "<Project><PropertyGroup><TreatProjectReferencesAsResources>true</TreatProjectReferencesAsResources></PropertyGroup></Project>"));
        File.WriteAllText(clone.OuterNuGetConfig, $"""<configuration><packageSources><add key="stand-in" value="{folder}" /></packageSources></configuration>""");
    }

    private static void Write(string folder, string id, string version, params (string Path, string Content)[] files)
    {
        using var zip = ZipFile.Open(Path.Combine(folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        (string Path, string Content) nuspec = ($"{id}.nuspec", $"<package><metadata><id>{id}</id><version>{version}</version><authors>stand-in</authors><description>stand-in</description></metadata></package>");
        foreach (var (path, content) in files.Prepend(nuspec))
        {
            using var writer = new StreamWriter(zip.CreateEntry(path).Open());
            writer.Write(content);
        }
    }
}
