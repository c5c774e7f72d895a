using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Telemetry;

public sealed class RequestMetricsTests
{
    private readonly ConcurrentQueue<string> _seen = [];

    [Fact]
    public async Task Infer_Completed_IsCountedByModelAndVersionWithWhatItsUpstreamUsed()
    {
        using var meter = Listen("counted");
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock("""{"tokens":5}""", name: "counted"));
        using var call = registry.Infer("two words", "counted");
        await call.CompletedAsync();
        await Eventually.HoldsAsync(() => _seen.Any(line => line.StartsWith("modelmesh.registry.requests", StringComparison.Ordinal)), "the request was counted");

        Assert.Equal(
            [
                "gen_ai.client.operation.duration gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=counted modelmesh.version=v1",
                "gen_ai.client.operation.time_to_first_chunk gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=counted modelmesh.version=v1",
                "gen_ai.client.token.usage gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=counted modelmesh.version=v1 gen_ai.token.type=input 2",
                "gen_ai.client.token.usage gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=counted modelmesh.version=v1 gen_ai.token.type=output 5",
                "modelmesh.registry.attempts model=counted version=v1 outcome=answered 1",
                "modelmesh.registry.in_flight model=counted version=v1 -1",
                "modelmesh.registry.in_flight model=counted version=v1 1",
                "modelmesh.registry.requests model=counted version=v1 outcome=completed 1",
                "modelmesh.registry.tokens model=counted version=v1 type=input 2",
                "modelmesh.registry.tokens model=counted version=v1 type=output 5",
            ],
            _seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Infer_WhoseCallFails_TellsOfWhat()
    {
        using var meter = Listen("failing");
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock("""{"fail_before_first_token":true,"error_kind":"protocol"}""", name: "failing") with { Resilience = new() { MaxRetries = 0 } });
        using var call = registry.Infer("hi", "failing");
        await call.FailedAsync();
        await Eventually.HoldsAsync(() => _seen.Contains("modelmesh.registry.requests model=failing version=v1 outcome=backend_error 1"), "the request was counted");

        Assert.Contains("gen_ai.client.operation.duration gen_ai.operation.name=chat gen_ai.provider.name=mock gen_ai.request.model=failing modelmesh.version=v1 error.type=Protocol", _seen);
        Assert.DoesNotContain(_seen, line => line.StartsWith("gen_ai.client.token.usage", StringComparison.Ordinal));
    }

    [Fact]
    public void Request_HoweverItEnds_IsCountedOnceByThat()
    {
        using var meter = Listen("ends");
        End(trace => trace.Completed());
        End(trace => trace.ClientGone());
        End(trace => trace.Failed(new MeshException(ErrorCode.Cancelled)));
        End(_ => { });

        Assert.Equal(
            ["completed", "client_gone", "cancelled", "internal"],
            _seen.Select(line => line.Replace("modelmesh.registry.requests model=ends version=v1 outcome=", "", StringComparison.Ordinal).Replace(" 1", "", StringComparison.Ordinal)));

        static void End(Action<RequestTrace> how)
        {
            using var trace = new RequestTrace("infer", "r", new ModelId("ends", "v1"), shadow: false, log: null);
            how(trace);
        }
    }

    // Meters are the process's: of what other tests run, this one's model says which is its own. Times are not told.
    private MeterListener Listen(string model)
    {
        var meter = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "ModelMesh.Registry")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, tags, model, $" {value}"));
        meter.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags, model, ""));
        meter.Start();
        return meter;
    }

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags, string model, string value)
    {
        var known = tags.ToArray();
        if (known.Any(tag => Equals(tag.Value, model)))
        {
            _seen.Enqueue($"{instrument.Name} {string.Join(' ', known.Select(tag => $"{tag.Key}={tag.Value}"))}{value}");
        }
    }
}
