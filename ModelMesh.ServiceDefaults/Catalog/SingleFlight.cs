namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>
/// Shares one run of an action among many callers, such that each caller's run began after its call: a caller that arrives during a run
/// waits for the next one, together with all others that arrive meanwhile. Never two runs at once. Thread-safe.
/// </summary>
internal sealed class SingleFlight<T>(Func<Task<T>> action)
{
    private readonly Lock _gate = new();
    private Task<T>? _running;
    private Task<T>? _next;

    public Task<T> RunAsync(CancellationToken cancellationToken)
    {
        Task<T> mine;
        lock (_gate)
        {
            if (_running is null)
            {
                _running = StartAsync(Task.CompletedTask);
                mine = _running;
            }
            else
            {
                _next ??= StartAsync(_running);
                mine = _next;
            }
        }

        return mine.WaitAsync(cancellationToken);
    }

    private async Task<T> StartAsync(Task before)
    {
        // Off the caller's stack, which holds the lock; and whatever became of the run before.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await action();
        }
        finally
        {
            lock (_gate)
            {
                _running = _next;
                _next = null;
            }
        }
    }
}
