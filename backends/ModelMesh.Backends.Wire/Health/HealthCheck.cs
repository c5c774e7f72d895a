using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Health;

/// <summary>Runs a health check as the host wants it: it ends within 5 s and throws nothing but for its own cancellation.</summary>
public static class HealthCheck
{
    /// <summary>How long a check may take.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Runs a check; a <see cref="BackendException"/> of it, or its taking too long, is its result.</summary>
    /// <param name="check">Asks the upstream.</param>
    /// <param name="time">Times it.</param>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public static async ValueTask<BackendHealth> RunAsync(Func<CancellationToken, Task<BackendHealth>> check, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await check(either.Token);
        }
        catch (BackendException exception)
        {
            return BackendHealth.Unhealthy(exception.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return BackendHealth.Unhealthy($"The upstream did not answer a health check within {Limit.TotalSeconds:0} s.");
        }
    }
}
