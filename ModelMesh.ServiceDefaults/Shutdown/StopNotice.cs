using Microsoft.Extensions.Hosting;

namespace ModelMesh.ServiceDefaults.Shutdown;

/// <summary>
/// That this process was asked to stop, which others should hear of at once. The host itself may go on for <see cref="ShutdownOptions.Delay"/>; where
/// it stops without, the notice comes with it. Thread-safe.
/// </summary>
public sealed class StopNotice : IDisposable
{
    private readonly CancellationTokenSource _given = new();
    private readonly CancellationTokenRegistration _stopping;

    public StopNotice(IHostApplicationLifetime lifetime) => _stopping = lifetime.ApplicationStopping.Register(Give);

    /// <summary>Fires when the process is asked to stop. It is never taken back.</summary>
    public CancellationToken Given => _given.Token;

    /// <summary>Gives the notice; again is nothing.</summary>
    public void Give() => _given.Cancel();

    public void Dispose()
    {
        _stopping.Dispose();
        _given.Dispose();
    }
}
