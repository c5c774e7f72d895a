using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Instances;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Figures;

/// <summary>Keeps this replica's figures in the store, from its start to its end, and at once when the store comes back.</summary>
internal sealed partial class FigurePublisher : BackgroundService
{
    private readonly FigureSource _source;
    private readonly FigureAnnouncement _announcement;
    private readonly StoreConnection _store;
    private readonly TimeSpan _interval;
    private readonly ILogger<FigurePublisher> _logger;
    private readonly WakeSignal _wake;

    public FigurePublisher(
        FigureSource source,
        FigureAnnouncement announcement,
        StoreConnection store,
        IOptions<FigureOptions> options,
        IOptions<InstanceOptions> instances,
        TimeProvider time,
        ILogger<FigurePublisher> logger)
    {
        (_source, _announcement, _store, _logger) = (source, announcement, store, logger);
        var renewal = instances.Value.Ttl / 3;
        _interval = options.Value.PublishInterval < renewal ? options.Value.PublishInterval : renewal;
        _wake = new WakeSignal(time);
        store.Connected += _wake.Set;
    }

    public override void Dispose()
    {
        _store.Connected -= _wake.Set;
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _announcement.RemoveAsync();
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // They expire by themselves.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await PassAsync();
                await _wake.WaitAsync(_interval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task PassAsync()
    {
        try
        {
            await _announcement.WriteAsync(_source.Collect());
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // The connection wakes this loop when the store is back.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            PassFailed(_logger, exception);
        }
    }

    [LoggerMessage(EventId = 170, EventName = "FiguresNotPublished", Level = LogLevel.Error, Message = "Telling gateways of this replica's models failed; trying again")]
    private static partial void PassFailed(ILogger logger, Exception exception);
}
