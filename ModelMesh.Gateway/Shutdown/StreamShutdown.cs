using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Shutdown;

namespace ModelMesh.Gateway.Shutdown;

/// <summary>Tells running streams when to end: the grace after the host began to stop. The server has stopped listening by then.</summary>
internal sealed class StreamShutdown : IDisposable
{
    private readonly CancellationTokenSource _mustEnd;
    private readonly CancellationTokenRegistration _stopping;

    public StreamShutdown(IHostApplicationLifetime lifetime, IOptions<ShutdownOptions> options, TimeProvider time)
    {
        _mustEnd = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopping = lifetime.ApplicationStopping.Register(() => _mustEnd.CancelAfter(options.Value.Grace));
    }

    public CancellationToken MustEnd => _mustEnd.Token;

    public static MeshException Error() => new(ErrorCode.BackendUnavailable, "The gateway is stopping.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public void Dispose()
    {
        _stopping.Dispose();
        _mustEnd.Dispose();
    }
}
