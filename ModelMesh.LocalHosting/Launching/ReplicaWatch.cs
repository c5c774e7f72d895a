namespace ModelMesh.LocalHosting;

/// <summary>
/// Goes on asking a replica that was healthy once, and takes it out of rotation while it is not: one that hangs still accepts connections.
/// Says so once when it leaves and once when it returns.
/// </summary>
internal sealed class ReplicaWatch(ProcessResource resource, int replica, Rotation rotation, LaunchContext context)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the process has ended, or on cancellation.</summary>
    public async Task RunAsync(Task exited, CancellationToken cancellationToken)
    {
        rotation.Set(replica, isHealthy: true);
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var isHealthy = !exited.IsCompleted && await context.Probe.IsHealthyAsync(resource, replica, Patience, cancellationToken);
                var changed = rotation.Set(replica, isHealthy);
                if (exited.IsCompleted)
                {
                    // Whoever waits for its end has said so already.
                    return;
                }

                if (changed)
                {
                    Report(isHealthy);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is being stopped.
        }
    }

    private void Report(bool isHealthy) => context.Output.WriteLine(isHealthy
        ? $"{ReplicaName.For(resource, replica)} is healthy again; new connections go to it too."
        : $"{ReplicaName.For(resource, replica)} fails its health check; new connections go to replicas that pass it, if any does.");
}
