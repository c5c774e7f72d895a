using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Shutdown;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Registry.Tests.Replicas;

/// <summary>What the process's signals do, on a clock that the test moves.</summary>
public sealed class DelayedStopTests
{
    [Fact]
    public async Task Signal_WithADelay_IsNotReadyAtOnceAndStopsWhenItIsOver()
    {
        await using var service = Service("00:00:10", out var time);

        service.Signal.StopApplication();

        Assert.True(service.Notice.Given.IsCancellationRequested);
        Assert.Equal(HealthStatus.Unhealthy, await service.HealthAsync());
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(service.IsStopping);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(service.IsStopping);
    }

    [Fact]
    public async Task SecondSignal_DuringTheDelay_StopsAtOnce()
    {
        await using var service = Service("00:05:00", out _);

        service.Signal.StopApplication();
        service.Signal.StopApplication();

        Assert.True(service.IsStopping);
    }

    [Fact]
    public async Task Signal_WithoutADelay_StopsAtOnce()
    {
        await using var service = Service("00:00:00", out _);
        Assert.Equal(HealthStatus.Healthy, await service.HealthAsync());

        service.Signal.StopApplication();

        Assert.True(service.IsStopping);
        Assert.Equal(HealthStatus.Unhealthy, await service.HealthAsync());
    }

    [Fact]
    public async Task HostThatStopsByItself_GivesTheNoticeToo()
    {
        await using var service = Service("00:05:00", out _);

        service.Host.StopApplication();

        Assert.True(service.Notice.Given.IsCancellationRequested);
    }

    [Fact]
    public async Task Host_WithALongGrace_WaitsLongerThanThat()
    {
        await using var service = Service("00:00:00", out _, "--Shutdown:Grace=00:10:00");

        Assert.Equal(TimeSpan.FromSeconds(610), service.Get<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    private static SignalledService Service(string delay, out ManualClock time, params string[] args)
    {
        time = new ManualClock();
        var builder = WebApplication.CreateBuilder([$"--Shutdown:Delay={delay}", .. args]);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddServiceDefaults();
        return new SignalledService(builder.Build());
    }

    private sealed class SignalledService(WebApplication app) : IAsyncDisposable
    {
        public DelayedStop Signal { get; } = app.Services.GetRequiredService<DelayedStop>();

        public IHostApplicationLifetime Host { get; } = app.Services.GetRequiredService<IHostApplicationLifetime>();

        public StopNotice Notice { get; } = app.Services.GetRequiredService<StopNotice>();

        public bool IsStopping => Host.ApplicationStopping.IsCancellationRequested;

        public async Task<HealthStatus> HealthAsync() => (await Get<HealthCheckService>().CheckHealthAsync()).Status;

        public T Get<T>()
            where T : notnull => app.Services.GetRequiredService<T>();

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
