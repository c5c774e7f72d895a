namespace ModelMesh.ServiceDefaults.Store;

/// <summary>Wakes one loop that otherwise looks at things at an interval. Signals while nobody waits are kept as one. Thread-safe.</summary>
public sealed class WakeSignal(TimeProvider time)
{
    private TaskCompletionSource _signal = New();

    public void Set() => Volatile.Read(ref _signal).TrySetResult();

    /// <summary>Returns after a signal or after <paramref name="interval"/>.</summary>
    public async Task WaitAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Volatile.Read(ref _signal).Task, Task.Delay(interval, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();

        // Renewed before the caller acts, so that a signal during its work is not lost.
        if (Volatile.Read(ref _signal).Task.IsCompleted)
        {
            Volatile.Write(ref _signal, New());
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
