using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Shutdown;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Instances;

/// <summary>
/// Keeps this process announced: from the server's start, every third of the time to live, and at once when its plugins change, the store comes
/// back or the process is asked to stop. The announcement is taken back when the server has ended its streams: this service stops after it.
/// </summary>
internal sealed partial class InstanceHeartbeat : BackgroundService
{
    private readonly ThisInstance _instance;
    private readonly InstanceAnnouncement _announcement;
    private readonly IPluginStates _plugins;
    private readonly StoreConnection _store;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly StopNotice _stop;
    private readonly TimeSpan _ttl;
    private readonly ILogger<InstanceHeartbeat> _logger;
    private readonly WakeSignal _wake;
    private volatile bool _tellOthers = true;

    public InstanceHeartbeat(
        ThisInstance instance,
        InstanceAnnouncement announcement,
        IPluginStates plugins,
        StoreConnection store,
        IHostApplicationLifetime lifetime,
        StopNotice stop,
        IOptions<InstanceOptions> options,
        TimeProvider time,
        ILogger<InstanceHeartbeat> logger)
    {
        (_instance, _announcement, _plugins, _store, _lifetime, _stop, _ttl, _logger) = (instance, announcement, plugins, store, lifetime, stop, options.Value.Ttl, logger);
        _wake = new WakeSignal(time);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _announcement.RemoveAsync(_instance.Id);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // It expires by itself.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the server has started there is no address to announce.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = _lifetime.ApplicationStarted.Register(started.SetResult);
        await using var onStopping = _stop.Given.Register(TellNow);
        _store.Connected += TellNow;
        _plugins.Changed += TellNow;
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            while (true)
            {
                await BeatAsync();
                await _wake.WaitAsync(_ttl / 3, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            _store.Connected -= TellNow;
            _plugins.Changed -= TellNow;
        }
    }

    private async Task BeatAsync()
    {
        var tellOthers = _tellOthers;
        _tellOthers = false;
        try
        {
            await _announcement.WriteAsync(_instance.Describe(_stop.Given.IsCancellationRequested), _ttl, tellOthers);
            await _announcement.ClearDeadAsync();
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // The connection wakes this loop when the store is back.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            BeatFailed(_logger, exception);
        }
    }

    private void TellNow()
    {
        _tellOthers = true;
        _wake.Set();
    }

    [LoggerMessage(EventId = 140, EventName = "HeartbeatFailed", Level = LogLevel.Error, Message = "Announcing this instance failed; trying again")]
    private static partial void BeatFailed(ILogger logger, Exception exception);
}
