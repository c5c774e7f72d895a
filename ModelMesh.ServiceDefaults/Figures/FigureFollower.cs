using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>Reads the figures of the live instances at an interval, and at once when an instance comes or goes, or the store comes back.</summary>
public sealed partial class FigureFollower : BackgroundService, IMeshFigures
{
    // What expired while the store was away is written again as soon as its owner is connected; this leaves room for one that is slow to notice.
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly FigureReader _reader;
    private readonly IInstanceDirectory _directory;
    private readonly StoreConnection _store;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger<FigureFollower> _logger;
    private readonly WakeSignal _wake;
    private volatile MeshFigures _current = MeshFigures.Empty;
    private DateTimeOffset _readAt;
    private long _connectedAt;

    public FigureFollower(
        FigureReader reader, IInstanceDirectory directory, StoreConnection store, IOptions<FigureReadOptions> options, TimeProvider time, ILogger<FigureFollower> logger)
    {
        (_reader, _directory, _store, _interval, _time, _logger) = (reader, directory, store, options.Value.ReadInterval, time, logger);
        _wake = new WakeSignal(time);
        _readAt = time.GetUtcNow();
        _connectedAt = time.GetTimestamp();
        directory.Changed += _wake.Set;
        store.Connected += OnConnected;
    }

    public MeshFigures Current => _current;

    public override void Dispose()
    {
        _directory.Changed -= _wake.Set;
        _store.Connected -= OnConnected;
        base.Dispose();
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
            var before = _current;
            string[] live = [.. _directory.Current.Select(instance => instance.Id)];
            var shown = await _reader.ReadAsync(live, before.Instances);
            var next = FigureKeep.Next(before.Instances, shown, live, _time.GetElapsedTime(Volatile.Read(ref _connectedAt)) < FreshFor);
            _readAt = _time.GetUtcNow();
            if (before.StaleSince is not null || !next.SequenceEqual(before.Instances))
            {
                _current = MeshFigures.Of(next);
            }
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            TurnStale();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            PassFailed(_logger, exception);
            TurnStale();
        }
    }

    // What was known stays; whoever sees it is told.
    private void TurnStale()
    {
        if (_current.StaleSince is null && _time.GetUtcNow() - _readAt >= 3 * _interval)
        {
            _current = _current.Stale(_readAt);
        }
    }

    private void OnConnected()
    {
        Volatile.Write(ref _connectedAt, _time.GetTimestamp());
        _wake.Set();
    }

    [LoggerMessage(EventId = 172, EventName = "FiguresNotRead", Level = LogLevel.Error, Message = "Reading what registries tell of their models failed; trying again")]
    private static partial void PassFailed(ILogger logger, Exception exception);
}
