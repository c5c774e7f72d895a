namespace ModelMesh.LocalHosting;

/// <summary>Finds the Aspire CLI: 1. on PATH; 2. where it installs itself; 3. in the per-user cache that the curated feed was filled from.</summary>
internal static class AspireCli
{
    public static string? Find() =>
        Candidates().FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates()
    {
        var name = OperatingSystem.IsWindows() ? "aspire.exe" : "aspire";
        // 1.
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return Path.Combine(folder, name);
        }

        // 2.
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire", "bin", name);

        // 3. eng/feed/FillFeed/UserCache.cs puts it there.
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var feeds = Path.Combine(cache, "modelmesh", "feed");
        if (Directory.Exists(feeds))
        {
            foreach (var revision in Directory.EnumerateDirectories(feeds).OrderDescending(StringComparer.Ordinal))
            {
                yield return Path.Combine(revision, "aspire", "bin", name);
            }
        }
    }
}
