using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Contracts.Catalog;
using ModelMesh.LocalHosting;
using ModelMesh.LocalHosting.Processes;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Queue;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;
using StackExchange.Redis;

namespace ModelMesh.Bench.Micro;

/// <summary>A store of its own, without persistence, that ends with this process however it ends, and the part of a registry that asks it for leases.</summary>
internal sealed class LeaseStore : IAsyncDisposable
{
    private readonly IOrphanGuard _guard;
    private readonly StartedProgram _server;
    private readonly WebApplication _application;

    private LeaseStore(IOrphanGuard guard, StartedProgram server, WebApplication application) => (_guard, _server, _application) = (guard, server, application);

    public StoreConnection Connection => _application.Services.GetRequiredService<StoreConnection>();

    public LeaseManager Leases => _application.Services.GetRequiredService<LeaseManager>();

    /// <param name="options">The end of the connection string: one that asks for more than an address leaves everything to the client library.</param>
    public static async Task<LeaseStore> StartAsync(string options)
    {
        var port = FreePorts.Next();
        var guard = IOrphanGuard.Start();
        var server = new StartedProgram(guard, "store", underTest: true, Path.GetTempPath(), RedisProgram.Find()!, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["ConnectionStrings:redis"] = $"127.0.0.1:{port}{options}";
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.AddStore();
        builder.Services.AddOptions<LeaseOptions>();
        builder.Services.AddOptions<QueueOptions>();
        builder.Services.AddSingleton<LeaseTelemetry>();
        builder.Services.AddSingleton<LeaseManager>();
        var store = new LeaseStore(guard, server, builder.Build());
        await store._application.StartAsync();
        await server.ReadyAsync(() => Task.FromResult(store.Connection.IsConnected), TimeSpan.FromSeconds(30));
        return store;
    }

    /// <summary>Makes a model one that admits requests of this revision and older ones.</summary>
    public Task OpenAsync(ModelId model, int maxConcurrency, long revision) => Connection.RunAsync("bench", async database =>
    {
        await database.HashSetAsync(Connection.Keys.Gate(model), [new HashEntry("state", "open"), new HashEntry("max_concurrency", maxConcurrency), new HashEntry("revision", revision)]);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        await _server.DisposeAsync();
        _guard.Dispose();
    }
}
