using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace ModelMesh.ServiceDefaults.Telemetry;

/// <summary>Where nobody collects traces: passes a caller's trace context on to what its request calls, and records nothing.</summary>
internal sealed class TraceContextFlow : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
    };

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();
}
