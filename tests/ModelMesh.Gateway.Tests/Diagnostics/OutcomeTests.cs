using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Tests.Fakes;

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

    // Other gateways of this process count as well, each with meters of its own.
    private static MeterListener Listen(TestGateway gateway, ConcurrentQueue<object?> outcomes)
    {
        var own = gateway.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "modelmesh.gateway.requests" && ReferenceEquals(instrument.Meter.Scope, own))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Enqueue(tags[0].Value));
        listener.Start();
        return listener;
    }
}
