using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>Makes the instruments that nobody asks for. Not before all settings have been checked, since what they look at is made along.</summary>
internal sealed class InstrumentStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = services.GetServices<IInstruments>().Count();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
