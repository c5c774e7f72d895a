using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Replicas;

public sealed class ShutdownOptionsTests
{
    [Theory]
    [InlineData("00:00:20.001")]
    [InlineData("-00:00:01")]
    public void Grace_OutOfRange_StopsTheRegistrysStart(string grace)
    {
        var builder = WebApplication.CreateBuilder([$"--Shutdown:Grace={grace}"]);
        builder.AddInference();
        using var services = builder.Services.BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal("Shutdown:Grace must be from 00:00:00 to 00:00:20.", Assert.Single(fault.Failures));
    }
}
