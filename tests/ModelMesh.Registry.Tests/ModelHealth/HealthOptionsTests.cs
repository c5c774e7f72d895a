using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.ModelHealth;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class HealthOptionsTests
{
    [Fact]
    public void Options_OutOfRange_StopTheStartWithEveryFault()
    {
        var builder = WebApplication.CreateBuilder(["--Health:ProbeInterval=00:00:00.05", "--Health:ProbeTimeout=00:02:00", "--Health:FailuresBeforeUnhealthy=0", "--Health:Probes=perhaps"]);
        builder.AddModelHealth();
        using var services = builder.Services.BuildServiceProvider();

        var faults = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Failures.ToList();

        Assert.Equal(4, faults.Count);
        Assert.Contains("Health:ProbeInterval must be from 100 ms to 10 min.", faults);
        Assert.Contains("Health:ProbeTimeout must be from 50 ms to 1 min.", faults);
        Assert.Contains("Health:FailuresBeforeUnhealthy must be from 1 to 100.", faults);
        Assert.Contains(faults, fault => fault.Contains("Probes", StringComparison.Ordinal));
    }
}
