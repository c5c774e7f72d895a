using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

[Collection(TimingTests.Name)]
public sealed class FailoverTests
{
    [Fact]
    public async Task CutBeforeTheFirstToken_MovesToAnotherInstance()
    {
        await using var bad = await FakeRegistry.StartAsync("bad");
        await using var good = await FakeRegistry.StartAsync("good");
        bad.Behave = async call =>
        {
            await call.AcceptAsync();
            bad.CutConnections();
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(bad, good);

        var answers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await gateway.InferAsync();
            answers.Add(await response.Content.ReadAsStringAsync());
            Assert.Equal("good", response.Headers.GetValues("x-modelmesh-instance").Single());
        }

        Assert.All(answers, answer => Assert.Contains("event: done", answer, StringComparison.Ordinal));
        Assert.NotEmpty(bad.Calls);
    }

    [Fact]
    public async Task CutAfterTheFirstToken_EndsWithAnErrorEventWithinTwoSeconds_AndAsksNobodyElse()
    {
        await using var first = await FakeRegistry.StartAsync("a");
        await using var second = await FakeRegistry.StartAsync("b");
        var began = new TaskCompletionSource<FakeRegistry>();
        foreach (var registry in (FakeRegistry[])[first, second])
        {
            registry.Behave = async call =>
            {
                await call.AcceptAsync();
                await call.TokensAsync("one");
                began.TrySetResult(registry);
                await call.HangAsync();
            };
        }

        await using var gateway = await TestGateway.StartAsync(first, second);
        using var response = await gateway.InferAsync();
        var victim = await began.Task;

        var cut = Stopwatch.GetTimestamp();
        victim.CutConnections();
        var body = await response.Content.ReadAsStringAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(cut), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.StartsWith("event: token\ndata: {\"token\":\"one\"}\n\nevent: error\ndata: {\"error\":{\"code\":\"backend_unavailable\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("event: done", body, StringComparison.Ordinal);
        Assert.Equal(1, first.Calls.Count + second.Calls.Count);
    }

    [Fact]
    public async Task StreamThatEndsWithoutCompleting_IsAnError_NotAnAnswer()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.InferAsync();
        var body = await response.Content.ReadAsStringAsync();

        Assert.Contains("event: error\ndata: {\"error\":{\"code\":\"internal\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("event: done", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorCode.CapacityExceeded, HttpStatusCode.TooManyRequests, "capacity_exceeded")]
    [InlineData(ErrorCode.BackendError, HttpStatusCode.BadGateway, "backend_error")]
    [InlineData(ErrorCode.BackendUnavailable, HttpStatusCode.ServiceUnavailable, "backend_unavailable")]
    [InlineData(ErrorCode.Timeout, HttpStatusCode.GatewayTimeout, "timeout")]
    [InlineData(ErrorCode.ModelNotFound, HttpStatusCode.NotFound, "model_not_found")]
    public async Task RegistryError_BeforeTheFirstToken_IsAnsweredAsItIs_AndAsksNobodyElse(ErrorCode code, HttpStatusCode status, string name)
    {
        await using var first = await FakeRegistry.StartAsync("a");
        await using var second = await FakeRegistry.StartAsync("b");
        foreach (var registry in (FakeRegistry[])[first, second])
        {
            registry.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(code, "because") { RetryAfter = TimeSpan.FromMilliseconds(1500) });
        }

        await using var gateway = await TestGateway.StartAsync(first, second);
        using var response = await gateway.InferAsync("""{"model":"chat","version":"v1","input":"hi"}""");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("2", response.Headers.GetValues("Retry-After").Single());
        Assert.Contains($"\"code\":\"{name}\",\"message\":\"because\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, first.Calls.Count + second.Calls.Count);
    }

    [Fact]
    public async Task RegistryError_LongerThanTrailersMayBe_IsAnsweredAsItIs_AndAsksNobodyElse()
    {
        await using var first = await FakeRegistry.StartAsync("a");
        await using var second = await FakeRegistry.StartAsync("b");
        foreach (var registry in (FakeRegistry[])[first, second])
        {
            registry.Behave = _ => throw GrpcErrors.ToRpcException(
                MeshException.Invalid([.. Enumerable.Range(0, 2_000).Select(i => new ErrorDetail($"messages[{i}]", "模型 🚀 does not take this"))]));
        }

        await using var gateway = await TestGateway.StartAsync(first, second);
        for (var asked = 1; asked <= 2; asked++)
        {
            using var response = await gateway.InferAsync();

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("more faults", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(asked, first.Calls.Count + second.Calls.Count);
        }

        // Both were asked in turn: neither is avoided for an error that it answered.
        Assert.Equal((1, 1), (first.Calls.Count, second.Calls.Count));
    }

    [Fact]
    public async Task RegistryError_AfterTheFirstToken_IsTheSameBodyAsAnEvent()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.Timeout, "too slow"));
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.InferAsync();

        Assert.Equal(
            "event: token\ndata: {\"token\":\"one\"}\n\nevent: error\ndata: {\"error\":{\"code\":\"timeout\",\"message\":\"too slow\",\"type\":\"backend_error\"}}\n\n",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task RegistryThatStops_SaysSo_AndAnotherServes()
    {
        await using var stopping = await FakeRegistry.StartAsync("stopping");
        await using var good = await FakeRegistry.StartAsync("good");
        stopping.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendUnavailable, "stopping") { RetryElsewhere = true });
        await using var gateway = await TestGateway.StartAsync(stopping, good);

        for (var i = 0; i < 3; i++)
        {
            using var response = await gateway.InferAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(3, good.Calls.Count);
        Assert.NotEmpty(stopping.Calls);
    }

    [Fact]
    public async Task AllInstancesDown_IsBackendUnavailableAtOnce_WithTheReason()
    {
        var registry = await FakeRegistry.StartAsync("dead");
        await using var gateway = await TestGateway.StartAsync(registry);
        await registry.DisposeAsync();

        var began = Stopwatch.GetTimestamp();
        using var response = await gateway.InferAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("backend_unavailable", body, StringComparison.Ordinal);
        Assert.Contains("The connection to registry instance dead failed.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeadInstance_IsAvoided_AndServesAgainWhenItIsBack()
    {
        var first = await FakeRegistry.StartAsync("a");
        await using var second = await FakeRegistry.StartAsync("b");
        var port = new Uri(first.Info.GrpcAddress).Port;
        await using var gateway = await TestGateway.StartAsync(first, second);
        await first.DisposeAsync();

        for (var i = 0; i < 20; i++)
        {
            using var response = await gateway.InferAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await using var back = await FakeRegistry.StartAsync("a", port);
        var deadline = Stopwatch.GetTimestamp();
        while (back.Calls.IsEmpty)
        {
            Assert.InRange(Stopwatch.GetElapsedTime(deadline), TimeSpan.Zero, TimeSpan.FromSeconds(8));
            using var response = await gateway.InferAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task SilentPeer_IsNoticedByItsSilence_AndAnotherServes()
    {
        // Takes connections and says nothing, as a machine does whose process is frozen.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        await using var good = await FakeRegistry.StartAsync("good");
        var info = good.Info with { Id = "0-silent", GrpcAddress = address };
        await using var gateway = await TestGateway.StartAsync(
            new FakeCatalog(FakeCatalog.Model()), new FakeDirectory(info, good.Info), ["--Registry:PingDelay=00:00:01", "--Registry:PingTimeout=00:00:01"]);

        var began = Stopwatch.GetTimestamp();
        var statuses = new ConcurrentBag<HttpStatusCode>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var response = await gateway.InferAsync();
            statuses.Add(response.StatusCode);
        }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));

        // Shorter than one ping time-out would mean that the silent peer was never asked.
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task UnknownGrpcFailure_IsInternal()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw new RpcException(new Status(StatusCode.Unknown, "a bug"));
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.InferAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("a bug", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
