using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Instances;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>A real gRPC server whose behaviour a test writes.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new(StringComparer.Ordinal);

    private FakeRegistry(string id, int port)
    {
        Id = id;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(this);
        builder.Services.AddGrpc(options => (options.MaxReceiveMessageSize, options.MaxSendMessageSize) = (64 * 1024 * 1024, 64 * 1024 * 1024));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(TrackAsync);
        }));
        _app = builder.Build();
        _app.MapGrpcService<Service>();
    }

    public string Id { get; }

    public InstanceInfo Info { get; private set; } = null!;

    public ConcurrentQueue<FakeCall> Calls { get; } = [];

    /// <summary>What each call does; unless a test says otherwise it answers two tokens.</summary>
    public Func<FakeCall, Task> Behave { get; set; } = call => call.AnswerAsync("Hello", " world");

    public ConcurrentQueue<EmbedRequest> EmbedCalls { get; } = [];

    public Func<EmbedRequest, EmbedResponse> Embed { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unimplemented, "no test said what to answer"));

    public static async Task<FakeRegistry> StartAsync(string id = "registry-1", int port = 0)
    {
        var registry = new FakeRegistry(id, port);
        await registry._app.StartAsync();
        var address = registry._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        registry.Info = new InstanceInfo(id, address, "", [new InstancePlugin("mock", "1", "ready")], DateTimeOffset.UnixEpoch);
        return registry;
    }

    /// <summary>What the kernel does for a process that is killed.</summary>
    public void CutConnections()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        CutConnections();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private ConnectionDelegate TrackAsync(ConnectionDelegate next) => async connection =>
    {
        _connections[connection.ConnectionId] = connection;
        await next(connection);
        _connections.TryRemove(connection.ConnectionId, out _);
    };

    private sealed class Service(FakeRegistry registry) : Inference.InferenceBase
    {
        public override async Task Infer(InferRequest request, IServerStreamWriter<InferEvent> responseStream, ServerCallContext context)
        {
            var call = new FakeCall(request, responseStream, context, registry.Id);
            call.Watch();
            registry.Calls.Enqueue(call);
            await registry.Behave(call);
        }

        public override Task<EmbedResponse> Embed(EmbedRequest request, ServerCallContext context)
        {
            registry.EmbedCalls.Enqueue(request);
            return Task.FromResult(registry.Embed(request));
        }
    }
}
