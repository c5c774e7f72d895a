using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Instances;

namespace ModelMesh.Registry.Plugins;

/// <summary>
/// Holds the loaded plugins. Folders are loaded side by side, so that one whose code hangs holds up nobody but itself. <see cref="ApplyAsync"/> is
/// called by the watcher alone, one call at a time; it and the loads that end write the table under a lock; everything else is lock-free reading.
/// </summary>
internal sealed partial class PluginHost(PluginLoader loader, IOptions<PluginOptions> options, ILogger<PluginHost> logger) : IPluginStates
{
    private readonly Lock _writing = new();

    // The one load of each folder that still counts; one that is not in here any more was overtaken by newer content, or its folder is gone.
    private readonly Dictionary<string, PluginLoad> _loads = new(StringComparer.Ordinal);
    private long _looks;
    private volatile PluginTable _table = PluginTable.Empty;
    private volatile bool _scanned;

    // What left the table while something still runs on it. Written under the lock.
    private ImmutableArray<PluginBuild> _leaving = [];

    public event Action? Changed;

    /// <summary>Whether the folders that were there at the start are loaded, but for those that take unduly long.</summary>
    public bool Scanned => _scanned;

    public PluginTable Table => _table;

    /// <summary>Whether a type that no plugin serves may be served in a moment.</summary>
    public bool IsLoading => !_scanned || _table.Entries.Any(entry => entry.State == PluginState.Loading);

    public IReadOnlyList<InstancePlugin> Announced => PluginAnnouncement.Of(_table.Entries, _leaving);

    public PluginBuild? Find(string type) => _table.Find(type);

    /// <summary>Why no plugin serves a type, for an operator to read.</summary>
    public string WhyMissing(string type)
    {
        var entries = _table.Entries;
        if (!_scanned)
        {
            return "The plugins are still being loaded.";
        }

        if (entries.FirstOrDefault(entry => entry.Type == type && entry.State == PluginState.Removed) is { } removed)
        {
            return $"The plugin '{removed.Folder.Name}' that served backend type '{type}' was removed.";
        }

        var loading = string.Join(", ", entries.Where(entry => entry.State == PluginState.Loading).Select(entry => entry.Folder.Name));
        return $"No plugin serves backend type '{type}'." + (loading.Length == 0 ? "" : $" Still being loaded: {loading}.");
    }

    public void MarkScanned()
    {
        if (!_scanned)
        {
            _scanned = true;
            Changed?.Invoke();
        }
    }

    /// <summary>Has the table come in line with folders that have settled. Waits for no plugin.</summary>
    /// <returns>Completes when all loads that are now under way are over. Never fails.</returns>
    public Task ApplyAsync(QuietFolders.Result seen, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            _looks++;
            foreach (var path in seen.Gone)
            {
                Remove(path);
            }

            foreach (var (index, folder) in seen.Present.Index())
            {
                if (_loads.TryGetValue(folder.Path, out var current) ? current.Folder != folder : _table.MustLoad(folder))
                {
                    Start(new PluginLoad(folder, new ScanPlace(_looks, index)), cancellationToken);
                }
            }

            return Task.WhenAll(_loads.Values.Select(load => load.Over));
        }
    }

    // All below but LoadAsync: under the lock.
    private void Remove(string path)
    {
        Forget(path);
        if (_table.At(path) is { State: not PluginState.Removed } entry)
        {
            Swap(_table.With(entry with { State = PluginState.Removed, Build = null, DuplicateOf = null, Error = "The folder is gone." }));
        }
    }

    private void Start(PluginLoad load, CancellationToken cancellationToken)
    {
        Forget(load.Folder.Path);
        _loads.Add(load.Folder.Path, load);
        if (_table.At(load.Folder.Path)?.Build is null)
        {
            Swap(_table.With(new PluginEntry(load.Folder, PluginState.Loading)));
        }

        _ = LoadAsync(load, cancellationToken);
    }

    private async Task LoadAsync(PluginLoad load, CancellationToken cancellationToken)
    {
        PluginBuild? build = null;
        var reason = "";
        try
        {
            build = await load.RunAsync(loader, options.Value.LoadTimeout, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            // Whatever it is: only an entry with its outcome keeps this folder from being shown as loading for ever.
            reason = exception is PluginLoadException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
        }

        bool used;
        lock (_writing)
        {
            used = End(load, build, reason);
        }

        if (!used)
        {
            build?.Release();
        }
    }

    // Whether the table now holds the build.
    private bool End(PluginLoad load, PluginBuild? build, string reason)
    {
        var path = load.Folder.Path;
        if (_loads.GetValueOrDefault(path) != load)
        {
            return false;
        }

        Swap(build is null ? _table.WithRefused(load.Folder, reason) : _table.WithLoaded(load, build));
        Forget(path);
        return _table.At(path)!.Build == build;
    }

    private void Forget(string path)
    {
        if (_loads.Remove(path, out var load))
        {
            load.SetOver();
        }
    }

    private void Swap(PluginTable after)
    {
        var before = _table;
        PluginBuild[] gone = [.. before.Builds.Except(after.Builds)];
        _leaving = _leaving.AddRange(gone);
        _table = after;
        Changed?.Invoke();
        foreach (var entry in after.Entries.Except(before.Entries))
        {
            Log(entry);
        }

        // After the models have been told: a build that is let go before would leave them nothing to move from. Not here, since a plugin's code may
        // run, and hang, when it is unloaded.
        foreach (var old in gone)
        {
            // Whoever lets go last may hold a lock of its own.
            old.Unloaded = () => _ = Task.Run(() => Forget(old));
            _ = Task.Run(old.Release);
        }
    }

    private void Forget(PluginBuild unloaded)
    {
        lock (_writing)
        {
            _leaving = _leaving.Remove(unloaded);
            Changed?.Invoke();
        }
    }
}
