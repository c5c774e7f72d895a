namespace ModelMesh.LocalHosting;

/// <param name="Path">The program.</param>
/// <param name="Home">The home folder it shall take for the user's; null for the user's own.</param>
internal sealed record AspireCli(string Path, string? Home)
{
    /// <summary>1. On PATH; 2. where it installs itself; 3. in the per-user cache that the curated feed was filled from.</summary>
    public static AspireCli? Find() => Candidates().FirstOrDefault(cli => File.Exists(cli.Path));

    private static IEnumerable<AspireCli> Candidates()
    {
        var name = OperatingSystem.IsWindows() ? "aspire.exe" : "aspire";
        // 1.
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return new AspireCli(System.IO.Path.Combine(folder, name), Home: null);
        }

        // 2.
        yield return new AspireCli(System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire", "bin", name), Home: null);

        // 3. eng/feed/FillFeed/UserCache.cs puts it there.
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var feeds = System.IO.Path.Combine(cache, "modelmesh", "feed");
        if (Directory.Exists(feeds))
        {
            foreach (var revision in Directory.EnumerateDirectories(feeds).OrderDescending(StringComparer.Ordinal))
            {
                var home = System.IO.Path.Combine(revision, "home");
                yield return new AspireCli(System.IO.Path.Combine(home, ".aspire", "bin", name), home);
            }
        }
    }
}
