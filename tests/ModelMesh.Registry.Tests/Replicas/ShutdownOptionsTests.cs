using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Replicas;

public sealed class ShutdownOptionsTests
{
    [Theory]
    [InlineData("01:00:00.001", "00:05:00.001")]
    [InlineData("-00:00:01", "-00:00:01")]
    public void Times_OutOfRange_StopTheRegistrysStartWithBothFaults(string grace, string delay)
    {
        var builder = WebApplication.CreateBuilder([$"--Shutdown:Grace={grace}", $"--Shutdown:Delay={delay}"]);
        builder.AddInference();
        using var services = builder.Services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(["Shutdown:Delay must be from 00:00:00 to 00:05:00.", "Shutdown:Grace must be from 00:00:00 to 01:00:00."], fault.Failures.Order(StringComparer.Ordinal));
    }
}
