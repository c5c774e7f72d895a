namespace ModelMesh.Feed;

/// <summary>The clone's own folder of packages, a source in nuget.config.</summary>
internal static class FolderFeed
{
    public static void CopyInto(string folder, string packages, string revision)
    {
        Directory.CreateDirectory(folder);
        foreach (var package in Directory.EnumerateFiles(packages, "*.nupkg"))
        {
            var destination = Path.Combine(folder, Path.GetFileName(package));
            // Moved into place whole: another restore may be reading or filling this folder.
            var draft = $"{destination}.{Environment.ProcessId}";
            File.Copy(package, draft, overwrite: true);
            File.Move(draft, destination, overwrite: true);
        }

        File.WriteAllText(Path.Combine(folder, $".filled-{revision}"), string.Empty);
    }
}
