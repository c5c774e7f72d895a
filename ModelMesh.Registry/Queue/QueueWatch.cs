using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Queue;

/// <summary>
/// Has this process' waiters looked after every third of their time to live, at once when the store comes back, and those of one model when its gate has
/// changed.
/// </summary>
internal sealed partial class QueueWatch : BackgroundService
{
    private readonly QueueWaiters _waiters;
    private readonly StoreConnection _store;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly ILogger<QueueWatch> _logger;
    private readonly WakeSignal _wake;
    private readonly ConcurrentDictionary<string, byte> _changed = new(StringComparer.Ordinal);
    private volatile bool _all;

    public QueueWatch(QueueWaiters waiters, StoreConnection store, IOptions<QueueOptions> options, TimeProvider time, ILogger<QueueWatch> logger)
    {
        (_waiters, _store, _time, _interval, _logger) = (waiters, store, time, options.Value.Ttl / 3, logger);
        _wake = new WakeSignal(time);
        store.Subscribe(store.Keys.QueueEvents, waiters.Hear);
        store.Connected += OnConnected;
        waiters.GateChanged += OnGateChanged;
    }

    public override void Dispose()
    {
        _store.Connected -= OnConnected;
        _waiters.GateChanged -= OnGateChanged;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lookedAt = _time.GetTimestamp();
        try
        {
            while (true)
            {
                var left = _interval - _time.GetElapsedTime(lookedAt);
                await _wake.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, stoppingToken);
                var all = _all || _time.GetElapsedTime(lookedAt) >= _interval;
                if (all)
                {
                    _all = false;
                    lookedAt = _time.GetTimestamp();
                }

                try
                {
                    await _waiters.LookAsync(all ? null : Changed());
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LookFailed(_logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private HashSet<string> Changed()
    {
        var changed = _changed.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var model in changed)
        {
            _changed.TryRemove(model, out _);
        }

        return changed;
    }

    private void OnConnected()
    {
        _all = true;
        _wake.Set();
    }

    private void OnGateChanged(string model)
    {
        if (_waiters.Count > 0)
        {
            _changed.TryAdd(model, 0);
            _wake.Set();
        }
    }

    [LoggerMessage(EventId = 135, EventName = "QueueLookFailed", Level = LogLevel.Error, Message = "Looking after waiting requests failed; trying again")]
    private static partial void LookFailed(ILogger logger, Exception exception);
}
