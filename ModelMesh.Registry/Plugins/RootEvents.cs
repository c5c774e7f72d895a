namespace ModelMesh.Registry.Plugins;

/// <summary>Wakes a waiter when the file system reports a change under a root. Only a hint: events get lost, and a root may not exist yet.</summary>
internal sealed class RootEvents : IDisposable
{
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly SemaphoreSlim _signal = new(0, 1);

    public RootEvents(IEnumerable<string> roots)
    {
        foreach (var root in roots.Where(Directory.Exists))
        {
            try
            {
                Watch(root);
            }
            catch (IOException)
            {
                // The system's limit of watches is reached: the poll finds the change.
            }
        }
    }

    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => _signal.WaitAsync(limit, cancellationToken);

    public void Dispose()
    {
        _watchers.ForEach(watcher => watcher.Dispose());
        _signal.Dispose();
    }

    private void Watch(string root)
    {
        var watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true };
        watcher.Changed += (_, _) => Signal();
        watcher.Created += (_, _) => Signal();
        watcher.Deleted += (_, _) => Signal();
        watcher.Renamed += (_, _) => Signal();
        watcher.EnableRaisingEvents = true;
        _watchers.Add(watcher);
    }

    private void Signal()
    {
        try
        {
            _signal.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // A wake-up is pending already, or nobody waits any more.
        }
    }
}
