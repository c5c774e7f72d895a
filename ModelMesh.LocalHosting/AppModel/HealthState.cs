namespace ModelMesh.LocalHosting;

/// <summary>Healthy or failed, once; whoever waits for the resource awaits it.</summary>
internal sealed class HealthState
{
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsHealthy => _healthy.Task.IsCompletedSuccessfully;

    public void SetHealthy() => _healthy.TrySetResult();

    public void SetFailed(LaunchException fault) => _healthy.TrySetException(fault);

    public Task WaitAsync(CancellationToken cancellationToken) => _healthy.Task.WaitAsync(cancellationToken);
}
