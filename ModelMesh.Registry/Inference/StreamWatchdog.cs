using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;

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
        long? stoppingSince = null;
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (Stopping)
            {
                stoppingSince ??= time.GetTimestamp();
            }

            var graceIsOver = stoppingSince is { } since && time.GetElapsedTime(since) >= shutdown.Value.Grace;
            foreach (var (stream, _) in _streams)
            {
                if (graceIsOver)
                {
                    stream.Stop(StoppingError());
                }

                stream.Check(options.Value.AbandonAfter);
            }

            // The server stops before this service does, so streams are watched to their end.
            if (stoppingToken.IsCancellationRequested && _streams.IsEmpty)
            {
                return;
            }
        }
    }
}
