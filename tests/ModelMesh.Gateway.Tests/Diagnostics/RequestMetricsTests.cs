using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Failover;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Diagnostics;

public sealed class RequestMetricsTests
{
    private readonly ConcurrentQueue<string> _seen = [];

    [Fact]
    public async Task Stream_IsCountedByModelAndVersion_WithItsTokensAndTimes()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var meter = Listen(gateway);

        using var response = await gateway.InferAsync();
        await response.Content.ReadAsStringAsync();
        await CountedAsync("model=chat version=v1 outcome=ok");

        Assert.Equal(
            [
                "gen_ai.server.request.duration gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=chat modelmesh.version=v1",
                "gen_ai.server.time_per_output_token gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=chat modelmesh.version=v1",
                "gen_ai.server.time_to_first_token gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=chat modelmesh.version=v1",
                "modelmesh.gateway.attempts model=chat version=v1 outcome=ok 1",
                "modelmesh.gateway.overhead model=chat version=v1",
                "modelmesh.gateway.requests model=chat version=v1 outcome=ok 1",
                "modelmesh.gateway.requests.in_flight model=chat -1",
                "modelmesh.gateway.requests.in_flight model=chat 1",
                "modelmesh.gateway.time_to_first_token model=chat version=v1",
                "modelmesh.gateway.tokens model=chat version=v1 type=input 3",
                "modelmesh.gateway.tokens model=chat version=v1 type=output 2",
            ],
            _seen.Where(line => !line.StartsWith("modelmesh.gateway.token_gap", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ModelThatIsNotRegistered_IsNoLabel_AndItsRequestIsARefusal()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var meter = Listen(gateway);

        using var response = await gateway.InferAsync("""{"model":"whatever-a-caller-says","input":"hi"}""");
        await CountedAsync("model= version= outcome=model_not_found");

        Assert.Contains("modelmesh.gateway.refusals model= version= reason=model_not_found 1", _seen);
        Assert.DoesNotContain(_seen, line => line.Contains("whatever", StringComparison.Ordinal) || line.StartsWith("gen_ai.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ErrorCode.CapacityExceeded, "capacity_exceeded", true)]
    [InlineData(ErrorCode.StoreUnavailable, "store_unavailable", true)]
    [InlineData(ErrorCode.BackendError, "backend_error", false)]
    public async Task RequestThatFails_IsARefusalWhereTheModelWasNotAsked(ErrorCode code, string name, bool isRefusal)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw Backup.Error(code);
        await using var gateway = await TestGateway.StartAsync(registry);
        using var meter = Listen(gateway);

        using var response = await gateway.InferAsync();
        await CountedAsync($"model=chat version=v1 outcome={name}");

        Assert.Equal(isRefusal, _seen.Contains($"modelmesh.gateway.refusals model=chat version=v1 reason={name} 1"));
        Assert.Contains($"gen_ai.server.request.duration gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=chat modelmesh.version=v1 error.type={name}", _seen);
    }

    [Fact]
    public async Task Fallback_IsCountedForTheModelThatAnswered_AndSaysWhereItWentOn()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(ErrorCode.BackendUnavailable);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);
        using var meter = Listen(gateway);

        using var response = await gateway.InferAsync();
        await response.Content.ReadAsStringAsync();
        await CountedAsync("model=backup version=v1 outcome=ok");

        Assert.Contains("modelmesh.gateway.failovers model=backup version=v1 kind=version reason=backend_unavailable 1", _seen);
        Assert.Contains("modelmesh.gateway.attempts model=chat version=v1 outcome=backend_unavailable 1", _seen);
        Assert.Contains("modelmesh.gateway.requests.in_flight model=chat -1", _seen);
    }

    [Fact]
    public async Task Batch_IsCountedByItsParts_AndNotItself()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var meter = Listen(gateway);

        using var response = await gateway.Client.PostAsync(new Uri("/v1/batch_infer", UriKind.Relative), new StringContent("""[{"model":"chat","prompt":"a"},{"model":"chat","prompt":"b"}]"""));
        await response.Content.ReadAsStringAsync();

        Assert.Equal(
            ["modelmesh.gateway.requests model=chat version=v1 outcome=ok 1", "modelmesh.gateway.requests model=chat version=v1 outcome=ok 1"],
            _seen.Where(line => line.StartsWith("modelmesh.gateway.requests ", StringComparison.Ordinal)));
    }

    private async Task CountedAsync(string labels) => await Eventually.HoldsAsync(() => _seen.Contains($"modelmesh.gateway.requests {labels} 1"), $"the request was counted: {labels}");

    // Other gateways of this process count as well, each with meters of its own. Times are not told.
    private MeterListener Listen(TestGateway gateway)
    {
        var own = gateway.Services.GetRequiredService<IMeterFactory>();
        var meter = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "ModelMesh.Gateway" && ReferenceEquals(instrument.Meter.Scope, own))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _seen.Enqueue($"{instrument.Name} {Join(tags)} {value}"));
        meter.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _seen.Enqueue($"{instrument.Name} {Join(tags)}"));
        meter.Start();
        return meter;
    }

    private static string Join(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
