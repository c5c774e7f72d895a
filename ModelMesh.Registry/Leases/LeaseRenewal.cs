using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Leases;

/// <summary>
/// Renews this process's leases every third of their time to live, and at once when the store comes back; sees to it that one which could not
/// be renewed is lost before its slot can be another's. Runs until the host's streams have ended: it is stopped after the server.
/// </summary>
internal sealed partial class LeaseRenewal : BackgroundService
{
    private readonly LeaseManager _leases;
    private readonly StoreConnection _store;
    private readonly TimeProvider _time;
    private readonly TimeSpan _ttl;
    private readonly ILogger<LeaseRenewal> _logger;
    private readonly WakeSignal _wake;

    public LeaseRenewal(LeaseManager leases, StoreConnection store, IOptions<LeaseOptions> options, TimeProvider time, ILogger<LeaseRenewal> logger)
    {
        (_leases, _store, _time, _ttl, _logger) = (leases, store, time, options.Value.Ttl, logger);
        _wake = new WakeSignal(time);
        store.Connected += _wake.Set;
    }

    public override void Dispose()
    {
        _store.Connected -= _wake.Set;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(RenewAsync(stoppingToken), WatchAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task RenewAsync(CancellationToken stoppingToken)
    {
        var interval = _ttl / 3;
        while (true)
        {
            await _wake.WaitAsync(interval, stoppingToken);
            try
            {
                // After a failure there is no third of the time to waste.
                interval = await _leases.RenewAsync() ? _ttl / 3 : _ttl / 20;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                RenewalFailed(_logger, exception);
                interval = _ttl / 20;
            }
        }
    }

    // On a timer of its own: a renewal that hangs must not delay it. The margin is what may pass until the next look.
    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        var step = _ttl / 40;
        using var timer = new PeriodicTimer(step, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            _leases.LoseOverdue(margin: step * 2);
        }
    }

    [LoggerMessage(EventId = 130, EventName = "LeaseRenewalFailed", Level = LogLevel.Error, Message = "Renewing leases failed; trying again")]
    private static partial void RenewalFailed(ILogger logger, Exception exception);
}
