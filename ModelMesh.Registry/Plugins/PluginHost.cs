using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Instances;

namespace ModelMesh.Registry.Plugins;

/// <summary>
/// Holds the loaded plugins. <see cref="ApplyAsync"/> is called by the watcher alone, one call at a time; everything else is lock-free reading.
/// </summary>
internal sealed partial class PluginHost(PluginLoader loader, IOptions<PluginOptions> options, ILogger<PluginHost> logger) : IPluginStates
{
    private volatile PluginTable _table = PluginTable.Empty;
    private volatile bool _scanned;

    public event Action? Changed;

    /// <summary>Whether every folder that was there at the start has been looked into.</summary>
    public bool Scanned => _scanned;

    public PluginTable Table => _table;

    public IReadOnlyList<InstancePlugin> Announced =>
        [.. _table.Entries.Select(entry => new InstancePlugin(entry.Type ?? "", entry.Version ?? "", entry.State.ToString().ToLowerInvariant()))];

    public PluginBuild? Find(string type) => _table.Find(type);

    /// <summary>Why no plugin serves a type, for an operator to read.</summary>
    public string WhyMissing(string type) =>
        !_scanned ? "The plugins are still being loaded."
        : _table.Entries.FirstOrDefault(entry => entry.Type == type && entry.State == PluginState.Removed) is { } removed
            ? $"The plugin '{removed.Folder.Name}' that served backend type '{type}' was removed."
            : $"No plugin serves backend type '{type}'.";

    public void MarkScanned()
    {
        if (!_scanned)
        {
            _scanned = true;
            Changed?.Invoke();
        }
    }

    /// <summary>Brings the table in line with folders that have settled.</summary>
    public async Task ApplyAsync(QuietFolders.Result seen, CancellationToken cancellationToken)
    {
        foreach (var path in seen.Gone)
        {
            if (_table.At(path) is { State: not PluginState.Removed } entry)
            {
                Removed(logger, entry.Folder.Name, entry.Type);
                Swap(entry, entry with { State = PluginState.Removed, Build = null, DuplicateOf = null, Error = "The folder is gone." });
            }
        }

        foreach (var folder in seen.Present.Where(folder => _table.MustLoad(folder)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = _table.At(folder.Path);
            if (before?.Build is null)
            {
                Swap(before, new PluginEntry(folder, PluginState.Loading));
            }

            Swap(before, await LoadAsync(folder, before, cancellationToken));
        }
    }

    private async Task<PluginEntry> LoadAsync(PluginFolder folder, PluginEntry? before, CancellationToken cancellationToken)
    {
        try
        {
            var build = await RunLoaderAsync(folder, cancellationToken);
            if (_table.OtherOwner(build.Type, folder.Path) is { } owner)
            {
                var type = build.Type;
                build.Release();
                return Refused(folder, before, $"Backend type '{type}' is already served by the plugin '{owner.Folder.Name}'.") with { DuplicateOf = type };
            }

            Loaded(logger, folder.Name, build.Type, build.Version);
            return new PluginEntry(folder, PluginState.Ready) { Build = build, Type = build.Type, Version = build.Version };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: only an entry with its outcome keeps this folder from being loaded again at every look, and the ones after it from waiting.
            var reason = exception is PluginLoadException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
            Failed(logger, folder.Name, reason);
            return Refused(folder, before, reason);
        }
    }

    // A plugin's code runs here for the first time: one that never returns must not keep the others from loading.
    private async Task<PluginBuild> RunLoaderAsync(PluginFolder folder, CancellationToken cancellationToken)
    {
        var loading = Task.Run(() => loader.Load(folder), CancellationToken.None);
        try
        {
            return await loading.WaitAsync(options.Value.LoadTimeout, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Also when it completed this very moment: nobody else has the build.
            _ = ReleaseLateAsync(loading);
            cancellationToken.ThrowIfCancellationRequested();
            throw new PluginLoadException($"It did not finish loading within {options.Value.LoadTimeout.TotalSeconds:0.#} s.", exception);
        }
    }

    private static async Task ReleaseLateAsync(Task<PluginBuild> loading)
    {
        try
        {
            (await loading).Release();
        }
        catch (Exception)
        {
            // It was refused already, or nobody waits for it any more.
        }
    }

    // A build that works is worth more than a replacement that does not: the models stay on it.
    private static PluginEntry Refused(PluginFolder folder, PluginEntry? before, string reason) =>
        before?.Build is { } build
            ? new PluginEntry(folder, PluginState.Ready) { Build = build, Type = build.Type, Version = build.Version, Error = $"The folder's new content was refused: {reason}" }
            : new PluginEntry(folder, PluginState.Failed) { Error = reason };

    private void Swap(PluginEntry? before, PluginEntry after)
    {
        _table = _table.With(after);
        Changed?.Invoke();

        // After the models have been told: a build that is let go before would leave them nothing to move from.
        if (before?.Build is { } old && !ReferenceEquals(old, after.Build))
        {
            old.Release();
        }
    }
}
