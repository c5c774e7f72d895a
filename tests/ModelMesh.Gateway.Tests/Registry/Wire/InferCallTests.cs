using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Registry.Wire;

namespace ModelMesh.Gateway.Tests.Registry.Wire;

/// <summary>Against a server that says what a test makes it say, byte by byte.</summary>
public sealed class InferCallTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    // An event of queued, position 1, in its frame.
    private static readonly byte[] Event = [0, 0, 0, 0, 4, .. new InferEvent { Queued = new Queued { Position = 1 } }.ToByteArray()];

    [Fact]
    public async Task Call_OfEventsAndAStatus_ReadsEachAndEnds()
    {
        var (events, failure) = await ReadAsync(async response =>
        {
            await response.Body.WriteAsync(Event.AsMemory(0, 3));
            await response.Body.FlushAsync();
            await response.Body.WriteAsync(Event.AsMemory(3));
            await response.Body.WriteAsync(Event);
            response.AppendTrailer("grpc-status", "0");
        });

        Assert.Equal([1, 1], events.Select(read => read.Queued.Position));
        Assert.Null(failure);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_ThatFails_TellsStatusMessageAndTrailersOnce(bool afterAnEvent)
    {
        var (events, failure) = await ReadAsync(async response =>
        {
            await (afterAnEvent ? response.Body.WriteAsync(Event).AsTask() : Task.CompletedTask);
            response.AppendTrailer("grpc-status", "8");
            response.AppendTrailer("grpc-message", "50%25 of na%C3%AFve");
            response.AppendTrailer("modelmesh-error", "capacity_exceeded");
            response.AppendTrailer("some-bin", "AQI");
        });

        Assert.Equal(afterAnEvent ? 1 : 0, events.Count);
        Assert.Equal((StatusCode.ResourceExhausted, "50% of naïve"), (failure!.StatusCode, failure.Status.Detail));
        Assert.Equal(["capacity_exceeded"], failure.Trailers.GetAll("modelmesh-error").Select(entry => entry.Value));
        Assert.Equal([1, 2], failure.Trailers.GetValueBytes("some-bin")!);
    }

    [Fact]
    public async Task Call_ThatFailsBeforeAnything_FindsTheStatusAmongTheHeaders()
    {
        var (_, failure) = await ReadAsync(response =>
        {
            response.Headers["grpc-status"] = "5";
            response.Headers["grpc-message"] = "gone";
            return Task.CompletedTask;
        });

        Assert.Equal((StatusCode.NotFound, "gone"), (failure!.StatusCode, failure.Status.Detail));
    }

    [Theory]
    [InlineData(true, StatusCode.Internal)]
    [InlineData(false, StatusCode.Unavailable)]
    public async Task Call_ThatEndsWithinAnEventOrWithoutAStatus_HasFailed(bool withStatus, StatusCode expected)
    {
        var (_, failure) = await ReadAsync(async response =>
        {
            await response.Body.WriteAsync(Event.AsMemory(0, 6));
            if (withStatus)
            {
                response.AppendTrailer("grpc-status", "0");
            }
        });

        Assert.Equal(expected, failure!.StatusCode);
    }

    // The first is waited for, the second is there with it.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Call_OfAMessageThatIsNoEvent_HasFailed(int before)
    {
        byte[] sent = [.. Enumerable.Repeat(Event, before).SelectMany(bytes => bytes), 0, 0, 0, 0, 1, 0xff];
        var (events, failure) = await ReadAsync(async response =>
        {
            await response.Body.WriteAsync(sent);
            response.AppendTrailer("grpc-status", "0");
        });

        Assert.Equal(before, events.Count);
        Assert.Equal(StatusCode.Internal, failure!.StatusCode);
    }

    [Theory]
    [InlineData(200, "text/html", StatusCode.Unavailable)]
    [InlineData(404, "application/grpc", StatusCode.Unimplemented)]
    [InlineData(503, "text/plain", StatusCode.Unavailable)]
    public async Task Peer_ThatIsNoRegistry_FailsTheCall(int status, string type, StatusCode expected)
    {
        var (_, failure) = await ReadAsync(response =>
        {
            (response.StatusCode, response.ContentType) = (status, type);
            return response.WriteAsync("hello");
        });

        Assert.Equal(expected, failure!.StatusCode);
    }

    [Fact]
    public async Task Call_CutByThePeer_HasBrokenOnThisSideOfTheWire()
    {
        var (events, failure) = await ReadAsync(async response =>
        {
            await response.Body.WriteAsync(Event);
            await response.Body.FlushAsync();
            response.HttpContext.Abort();
        });

        Assert.InRange(events.Count, 0, 1);
        Assert.NotNull(failure!.Status.DebugException);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Call_DisposedWhileItIsRead_EndsTheReadAndTheCallAtThePeer(int before)
    {
        var (arrived, peerSawIt) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await StartAsync(async response =>
        {
            arrived.SetResult();
            await (before > 0 ? response.Body.WriteAsync(Event).AsTask() : Task.CompletedTask);
            await response.Body.FlushAsync();
            await Ended(response.HttpContext.RequestAborted);
            peerSawIt.SetResult();
        });
        using var connection = Connect(app);
        using var stop = new CancellationTokenSource();
        var call = connection.Infer(new InferRequest(), stop);
        for (var read = 0; read < before; read++)
        {
            Assert.True(await call.MoveNextAsync());
        }

        await arrived.Task.WaitAsync(Deadline);
        var reading = call.MoveNextAsync();
        Assert.False(reading.IsCompleted);
        call.Dispose();

        var failure = await Assert.ThrowsAsync<RpcException>(() => reading);
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await peerSawIt.Task.WaitAsync(Deadline);
    }

    [Fact]
    public async Task Call_DisposedBeforeThePeerAnswers_EndsAtThePeer()
    {
        var (arrived, peerSawIt) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await StartAsync(async response =>
        {
            arrived.SetResult();
            await Ended(response.HttpContext.RequestAborted);
            peerSawIt.SetResult();
        });
        using var connection = Connect(app);
        using var stop = new CancellationTokenSource();
        var call = connection.Infer(new InferRequest(), stop);
        await arrived.Task.WaitAsync(Deadline);

        call.Dispose();

        await peerSawIt.Task.WaitAsync(Deadline);
    }

    [Fact]
    public async Task Call_CancelledByItsOwner_FailsAsCancelled()
    {
        await using var app = await StartAsync(async response =>
        {
            await response.Body.WriteAsync(Event);
            await response.Body.FlushAsync();
            await Ended(response.HttpContext.RequestAborted);
        });
        using var connection = Connect(app);
        using var stop = new CancellationTokenSource();
        using var call = connection.Infer(new InferRequest(), stop);
        Assert.True(await call.MoveNextAsync());

        var reading = call.MoveNextAsync();
        await stop.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => reading);
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    private static Task Ended(CancellationToken token)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(ended.SetResult);
        return ended.Task.WaitAsync(Deadline);
    }

    private static RegistryConnection Connect(WebApplication app) => new(app.Urls.First(), new RegistryOptions(), NullLoggerFactory.Instance);

    private static async Task<WebApplication> StartAsync(Func<HttpResponse, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "application/grpc";
            return answer(context.Response);
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<(List<InferEvent> Events, RpcException? Failure)> ReadAsync(Func<HttpResponse, Task> answer)
    {
        await using var app = await StartAsync(answer);
        using var connection = Connect(app);
        using var stop = new CancellationTokenSource();
        using var call = connection.Infer(new InferRequest(), stop);
        var events = new List<InferEvent>();
        try
        {
            while (await call.MoveNextAsync())
            {
                events.Add(call.Current);
            }

            return (events, null);
        }
        catch (RpcException exception)
        {
            return (events, exception);
        }
    }
}
