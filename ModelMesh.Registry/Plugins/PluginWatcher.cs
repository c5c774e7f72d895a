using Microsoft.Extensions.Options;

namespace ModelMesh.Registry.Plugins;

/// <summary>Looks through the plugin roots again and again, sooner when the file system says that something happened there.</summary>
internal sealed partial class PluginWatcher(
    PluginHost host,
    IOptions<PluginOptions> options,
    IHostEnvironment environment,
    TimeProvider time,
    ILogger<PluginWatcher> logger) : BackgroundService
{
    // A folder that never comes to rest must not keep the service from becoming ready.
    private static readonly TimeSpan FirstScanLimit = TimeSpan.FromSeconds(5);

    // Nor must a plugin that hangs: the healthy ones are loaded beside it by then, for this is how soon a dropped folder is promised to be usable.
    private static readonly TimeSpan FirstLoadsLimit = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var roots = PluginRoots.Resolve(options.Value, environment.ContentRootPath, AppContext.BaseDirectory);
        Watching(logger, string.Join(", ", roots));
        var quiet = new QuietFolders(options.Value.QuietPeriod, time);
        var started = time.GetTimestamp();
        using var wake = new RootEvents(roots);
        Task? firstScan = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (settled, loads) = Look(roots, quiet, stoppingToken);
            if (settled || time.GetElapsedTime(started) > FirstScanLimit)
            {
                firstScan ??= MarkScannedAsync(loads, stoppingToken);
            }

            // What has not settled yet is looked at again when it may have, not at every event it makes.
            var wait = settled
                ? wake.WaitAsync(options.Value.PollInterval, stoppingToken)
                : Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(options.Value.QuietPeriod.TotalMilliseconds / 2, 20, 500)), time, stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private (bool Settled, Task Loads) Look(IReadOnlyList<string> roots, QuietFolders quiet, CancellationToken stoppingToken)
    {
        try
        {
            var seen = quiet.Look(PluginFolder.ReadAll(roots));
            return (seen.AllSettled, host.ApplyAsync(seen, stoppingToken));
        }
        catch (Exception exception)
        {
            // One bad look must not be the last one.
            LookFailed(logger, exception);
            return (false, Task.CompletedTask);
        }
    }

    private async Task MarkScannedAsync(Task loads, CancellationToken stoppingToken)
    {
        await loads.WaitAsync(FirstLoadsLimit, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        host.MarkScanned();
    }

    [LoggerMessage(EventId = 201, EventName = "PluginsWatching", Level = LogLevel.Information, Message = "Watching for plugins in {Roots}")]
    private static partial void Watching(ILogger logger, string roots);

    [LoggerMessage(EventId = 202, EventName = "PluginsLookFailed", Level = LogLevel.Error, Message = "The plugin folders could not be looked through")]
    private static partial void LookFailed(ILogger logger, Exception exception);
}
