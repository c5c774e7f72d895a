using Microsoft.Extensions.Hosting;

namespace ModelMesh.Bench.Micro;

/// <summary>Leaves signals to the process: a host that took them would end itself alone, and the benchmarks would go on without it.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
