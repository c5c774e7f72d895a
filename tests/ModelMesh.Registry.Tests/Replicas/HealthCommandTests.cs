using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Listening;
using ModelMesh.ServiceDefaults.Shutdown;
using Xunit;

namespace ModelMesh.Registry.Tests.Replicas;

/// <summary>What an image's health check runs, against a service on a port of its own.</summary>
public sealed class HealthCommandTests
{
    [Fact]
    public async Task Command_AgainstAService_SaysItsHealthByTheExitCode()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddListening(defaultHttpPort: 0);
        await using var app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
        var health = $"{app.Urls.Single()}/health";

        Assert.Equal(0, await HealthCommand.RunAsync(["--check-health", health]));
        app.Services.GetRequiredService<StopNotice>().Give();
        Assert.Equal(1, await HealthCommand.RunAsync(["--check-health", health]));
    }

    [Theory]
    [InlineData(1, "--check-health", "http://127.0.0.1:1/health")]
    [InlineData(2, "--check-health")]
    [InlineData(2, "--check-health", "/health")]
    [InlineData(2, "--check-health", "file:///health")]
    [InlineData(null, "--Listen:Http", "8080")]
    public async Task Command_WithoutAServiceOrAnAddress_SaysSoByTheExitCode(int? expected, params string[] args) => Assert.Equal(expected, await HealthCommand.RunAsync(args));
}
