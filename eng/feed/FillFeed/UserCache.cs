namespace ModelMesh.Feed;

/// <summary>The per-user cache outside any clone: download once per machine, copy into each clone.</summary>
internal sealed class UserCache
{
    private readonly string _root;

    private UserCache(string root) => _root = root;

    public string Download => Path.Combine(_root, "download");

    public string Packages => Path.Combine(_root, "packages");

    /// <summary>A home folder for the Aspire CLI alone, so that it writes nothing into the user's.</summary>
    public string Home => Path.Combine(_root, "home");

    /// <summary>Where the CLI looks for its bundle, given that home.</summary>
    public string Aspire => Path.Combine(Home, ".aspire");

    public string Cli => Path.Combine(Aspire, "bin", "aspire");

    public string ManagedBundle => Path.Combine(Aspire, "bundle", "managed", "aspire-managed");

    public bool IsComplete => File.Exists(CompleteMark);

    private string CompleteMark => Path.Combine(_root, ".complete");

    /// <summary>The user's folder for such things.</summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
        ? given
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

    public static UserCache In(string folder, string revision) => new(Path.Combine(folder, "modelmesh", "feed", revision));

    /// <summary>Held while the cache is made, across processes. The operating system frees it when its process dies.</summary>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root)!);
        while (true)
        {
            try
            {
                return new FileStream($"{_root}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists($"{_root}.lock"))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            }
        }
    }

    public void Clear()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }

        Directory.CreateDirectory(Download);
    }

    public void MarkComplete()
    {
        Directory.Delete(Download, recursive: true);
        File.WriteAllText(CompleteMark, string.Empty);
    }
}
