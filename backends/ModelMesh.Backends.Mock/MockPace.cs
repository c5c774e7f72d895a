namespace ModelMesh.Backends.Mock;

/// <summary>How long one call waits before each of its tokens.</summary>
internal sealed class MockPace(MockSettings settings, TimeProvider time, Random random)
{
    /// <summary>Waits before a token; a wait of 0 returns a completed task and starts no timer.</summary>
    public Task BeforeTokenAsync(int index, CancellationToken cancellationToken)
    {
        long wait = index == 0 ? settings.FirstTokenDelayMs : settings.TokenDelayMs;
        if (settings.JitterMs > 0)
        {
            wait += random.NextInt64(settings.JitterMs + 1L);
        }

        return wait == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(wait), time, cancellationToken);
    }

    /// <summary>Waits until it is cancelled.</summary>
    public Task ForEverAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
}
