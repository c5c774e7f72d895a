namespace ModelMesh.Registry.Plugins;

/// <summary>One attempt to load a folder, while it is under way.</summary>
internal sealed class PluginLoad(PluginFolder folder, ScanPlace place)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PluginFolder Folder { get; } = folder;

    public ScanPlace Place { get; } = place;

    /// <summary>Completes when the host waits for it no more: it succeeded, failed, took too long, or was overtaken. Never fails.</summary>
    public Task Over => _over.Task;

    public void SetOver() => _over.TrySetResult();

    /// <summary>Loads the folder. A build that comes too late, or when the service stops, is released.</summary>
    /// <exception cref="PluginLoadException">The folder cannot be used, or it took too long.</exception>
    public async Task<PluginBuild> RunAsync(PluginLoader loader, TimeSpan limit, CancellationToken cancellationToken)
    {
        // A plugin's code runs here for the first time. One that never returns keeps its thread, which must not be one that requests and other loads need.
        var loading = Task.Factory.StartNew(() => loader.Load(Folder), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await loading.WaitAsync(limit, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Also when it completed this very moment: nobody else has the build.
            _ = ReleaseLateAsync(loading);
            cancellationToken.ThrowIfCancellationRequested();
            throw new PluginLoadException($"It did not finish loading within {limit.TotalSeconds:0.#} s.", exception);
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
}
