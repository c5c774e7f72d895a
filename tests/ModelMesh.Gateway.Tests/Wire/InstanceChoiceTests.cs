using System.Net;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

/// <summary>Which of the registry instances that are known a stream goes to.</summary>
public sealed class InstanceChoiceTests
{
    [Fact]
    public async Task InstanceThatLeaves_KeepsItsStreams_AndGetsNoNewOnes()
    {
        await using var leaving = await FakeRegistry.StartAsync("a");
        await using var staying = await FakeRegistry.StartAsync("b");
        var go = new TaskCompletionSource();
        leaving.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await go.Task;
            await call.CompleteAsync(1);
        };
        var directory = new FakeDirectory(leaving.Info);
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), directory, []);
        using var running = await gateway.InferAsync();

        directory.Set(staying.Info);
        using var next = await gateway.InferAsync();
        go.SetResult();

        Assert.Equal("b", next.Headers.GetValues("x-modelmesh-instance").Single());
        Assert.Contains("event: done", await running.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:1,http://127.0.0.1:2")]
    public async Task InstanceWithoutAUsableAddress_IsLeftOut_AndAnotherServes(string address)
    {
        await using var good = await FakeRegistry.StartAsync("good");
        var bad = good.Info with { Id = "0-bad", GrpcAddress = address };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), new FakeDirectory(bad, good.Info), []);

        using var response = await gateway.InferAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task ConcurrentStreams_SpreadEvenlyOverInstances()
    {
        await using var first = await FakeRegistry.StartAsync("a");
        await using var second = await FakeRegistry.StartAsync("b");
        var go = new TaskCompletionSource();
        foreach (var registry in (FakeRegistry[])[first, second])
        {
            registry.Behave = async call =>
            {
                await call.AcceptAsync();
                await call.TokensAsync("one");
                await go.Task;
                await call.CompleteAsync(1);
            };
        }

        await using var gateway = await TestGateway.StartAsync(first, second);
        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++)
        {
            responses.Add(await gateway.InferAsync());
        }

        Assert.Equal((10, 10), (first.Calls.Count, second.Calls.Count));
        go.SetResult();
        foreach (var response in responses)
        {
            Assert.Contains("event: done", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            response.Dispose();
        }
    }

    [Fact]
    public async Task FixedAddresses_NeedNoDirectory()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            new FakeCatalog(FakeCatalog.Model()), directory: null, ["--registry-addr", registry.Info.GrpcAddress]);

        using var response = await gateway.InferAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
