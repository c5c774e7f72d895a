using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Shutdown;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// Looks over all open streams again and again, so that no stream needs a timer and no token touches one. Time-outs are as exact as its
/// period. At shutdown it gives streams their grace, then ends them.
/// </summary>
internal sealed class StreamWatchdog(
    IOptions<InferenceOptions> options,
    IOptions<ShutdownOptions> shutdown,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentDictionary<OpenStream, byte> _streams = new();

    public int Open => _streams.Count;

    public bool Stopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public static MeshException StoppingError() => new(ErrorCode.BackendUnavailable, "The registry is stopping.") { RetryElsewhere = true };

    public void Add(OpenStream stream) => _streams.TryAdd(stream, 0);

    public void Remove(OpenStream stream) => _streams.TryRemove(stream, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long stoppingSince = 0;
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (Stopping && stoppingSince == 0)
            {
                stoppingSince = time.GetTimestamp();
            }

            var stoppingFor = stoppingSince == 0 ? TimeSpan.Zero : time.GetElapsedTime(stoppingSince);
            LookOver(stoppingSince != 0 && stoppingFor >= shutdown.Value.Grace);

            // Streams are watched to their end, but one that cannot be ended must not hold up the process.
            if (stoppingToken.IsCancellationRequested && (_streams.IsEmpty || stoppingFor > shutdown.Value.Grace + (2 * options.Value.AbandonAfter)))
            {
                return;
            }
        }
    }

    private void LookOver(bool graceIsOver)
    {
        foreach (var (stream, _) in _streams)
        {
            if (graceIsOver)
            {
                stream.Stop(StoppingError());
            }

            stream.Check(options.Value.AbandonAfter);
        }
    }
}
