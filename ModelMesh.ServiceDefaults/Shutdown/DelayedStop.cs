using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults.Shutdown;

/// <summary>
/// The host's lifetime as the process's signals see it. 1. The first signal gives the notice. 2. With no delay, or at a second signal, the host stops
/// at once. 3. Else it stops when the delay is over.
/// </summary>
internal sealed partial class DelayedStop(IHostApplicationLifetime host, StopNotice notice, IOptions<ShutdownOptions> options, TimeProvider time, ILogger<DelayedStop> logger)
    : IHostApplicationLifetime, IDisposable
{
    private ITimer? _timer;
    private int _signals;

    public CancellationToken ApplicationStarted => host.ApplicationStarted;

    public CancellationToken ApplicationStopping => host.ApplicationStopping;

    public CancellationToken ApplicationStopped => host.ApplicationStopped;

    public void StopApplication()
    {
        // 1.
        var isFirst = Interlocked.Increment(ref _signals) == 1;
        if (isFirst)
        {
            notice.Give();
        }

        // 2.
        var delay = options.Value.Delay;
        if (delay == TimeSpan.Zero || !isFirst)
        {
            host.StopApplication();
            return;
        }

        // 3.
        Delaying(logger, delay);
        _timer = time.CreateTimer(_ => host.StopApplication(), null, delay, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer?.Dispose();

    [LoggerMessage(EventId = 40, EventName = "StopDelayed", Level = LogLevel.Information, Message = "Asked to stop: not ready from now on, and taking requests for {Delay} more")]
    private static partial void Delaying(ILogger logger, TimeSpan delay);
}
