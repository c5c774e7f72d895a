using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Tests.OpenAI;

namespace ModelMesh.Gateway.Tests.Diagnostics;

public sealed class OutcomeTests
{
    [Fact]
    public async Task BodyThatTheServerCannotRead_IsCountedAsInvalidRequest()
    {
        await using var gateway = await TestGateway.StartAsync();
        var outcomes = new ConcurrentQueue<object?>();
        using var listener = Listen(gateway, outcomes);
        using var raw = await RawHttp.ConnectAsync(gateway.Address);

        await raw.SendAsync("POST /infer HTTP/1.1\r\nHost: gateway\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n");
        var answer = await raw.ReadAsync();

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"invalid_request\"", answer, StringComparison.Ordinal);
        Assert.Equal("invalid_request", Assert.Single(outcomes));
    }

    [Fact]
    public async Task ClientWhoseConnectionIsGone_BeforeTheRequestKnowsOfIt_IsCountedAsGoneAndIsNoFailure()
    {
        await using var gateway = await TestGateway.StartAsync();
        var outcomes = new ConcurrentQueue<object?>();
        using var listener = Listen(gateway, outcomes);

        await gateway.Services.GetRequiredService<ApplicationCall>().RunAsync(
            new DefaultHttpContext(), "embed", body => body.Length, (_, _, _) => throw new ConnectionAbortedException("The client has gone."));

        Assert.Equal("client_gone", Assert.Single(outcomes));
    }

    [Fact]
    public async Task RequestOfABatch_ThatTheGatewayEndsAtItsShutdown_IsCountedAsItsFailure()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.HangAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Shutdown:Grace=00:00:00.1"], registry);
        var outcomes = new ConcurrentQueue<object?>();
        using var listener = Listen(gateway, outcomes);
        var answer = gateway.TextAsync("/v1/batch_infer", """[{"model":"chat","prompt":"hi"}]""");
        await Eventually.HoldsAsync(() => registry.Calls.Count == 1, "it runs");

        await gateway.StopAsync();

        Assert.Contains("backend_unavailable", await answer, StringComparison.Ordinal);
        Assert.Equal("backend_unavailable", Assert.Single(outcomes));
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("/v1/batch_infer", """[{"model":"chat","prompt":"hi"}]""")]
    public async Task WholeAnswerThatAnotherRegistryGives_HasOneTimeToFirstToken(string path, string body)
    {
        await using var first = await FakeRegistry.StartAsync("first");
        await using var second = await FakeRegistry.StartAsync("second");
        FakeRegistry[] registries = [first, second];
        var calls = 0;
        foreach (var registry in registries)
        {
            registry.Behave = async call =>
            {
                if (Interlocked.Increment(ref calls) > 1)
                {
                    await call.AnswerAsync("Hello", " world");
                    return;
                }

                await call.AcceptAsync();
                await call.TokensAsync("Hello");
                throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendUnavailable, "stopping") { RetryElsewhere = true });
            };
        }

        await using var gateway = await TestGateway.StartAsync(registries);
        var outcomes = new ConcurrentQueue<object?>();
        var firstTokens = new ConcurrentQueue<double>();
        using var listener = Listen(gateway, outcomes, firstTokens);

        using var answer = await gateway.Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body));
        Assert.Contains("Hello world", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => outcomes.Contains("ok"), "the request was counted");
        Assert.Equal(2, calls);
        Assert.Single(firstTokens);
    }

    // Other gateways of this process count as well, each with meters of its own.
    private static MeterListener Listen(TestGateway gateway, ConcurrentQueue<object?> outcomes, ConcurrentQueue<double>? firstTokens = null)
    {
        var own = gateway.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "modelmesh.gateway.requests" or "modelmesh.gateway.time_to_first_token" && ReferenceEquals(instrument.Meter.Scope, own))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Enqueue(tags.ToArray().Single(tag => tag.Key == "outcome").Value));
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => firstTokens?.Enqueue(seconds));
        listener.Start();
        return listener;
    }
}
