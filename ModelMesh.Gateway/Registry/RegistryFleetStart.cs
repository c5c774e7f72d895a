namespace ModelMesh.Gateway.Registry;

/// <summary>Opens channels before the first request. The fleet is made here and not earlier, so that options are checked all together first.</summary>
internal sealed class RegistryFleetStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<RegistryFleet>().Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
