using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Backends.Tgi;
using Xunit;

namespace ModelMesh.Backends.Tests.Tgi;

public sealed class GenerateBodyTests
{
    [Fact]
    public async Task Adapter_OfTheRequest_IsNamedInPlaceOfTheModelsOwn()
    {
        const string settings = """{"extra":{"parameters":{"adapter_id":"of-model"}}}""";

        Assert.Equal("poet", (string?)(await BodyAsync(settings, new() { ModelId = "poet" }))["parameters"]!["adapter_id"]);
        Assert.Equal("of-model", (string?)(await BodyAsync(settings, new()))["parameters"]!["adapter_id"]);
    }

    [Fact]
    public async Task Parameters_OfARequest_AreWrittenInTgisTerms()
    {
        var schema = """{"type":"object","properties":{"a":{"type":"string"}}}""";
        var body = await BodyAsync("{}", new()
        {
            Temperature = 0.5f,
            TopP = 0.25f,
            TopK = 40,
            MaxOutputTokens = 7,
            Seed = 3,
            FrequencyPenalty = -0.5f,
            StopSequences = ["END"],
            LogProbabilities = true,
            TopLogProbabilities = 2,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(Json(schema)),
        });

        AssertJson(
            $$$"""
            {"inputs":"hello","parameters":{"details":true,"decoder_input_details":false,"do_sample":true,"temperature":0.5,"top_k":40,"top_p":0.25,"max_new_tokens":7,
             "seed":3,"frequency_penalty":-0.5,"stop":["END"],"grammar":{"type":"json","value":{{{schema}}}},"top_n_tokens":2}}
            """,
            body);
    }

    [Fact]
    public async Task Temperature_OfZero_IsAnAnswerWithoutSampling() =>
        AssertJson(
            """{"details":true,"decoder_input_details":false,"do_sample":false}""",
            (await BodyAsync("{}", new() { Temperature = 0, TopP = 0.5f, TopK = 4 }))["parameters"]!);

    [Fact]
    public async Task TopP_OfOne_IsLeftOut() =>
        AssertJson("""{"details":true,"decoder_input_details":false,"do_sample":true}""", (await BodyAsync("{}", new() { TopP = 1 }))["parameters"]!);

    [Fact]
    public async Task Extra_OfTheCaller_WinsOverTheModelsAndBothOverTheRequest()
    {
        var body = await BodyAsync("""{"extra":{"a":1,"b":1,"parameters":{"adapter_id":"x","typical_p":0.9,"temperature":2}}}""", new()
        {
            Temperature = 0.5f,
            AdditionalProperties = new() { ["b"] = Json("2"), ["parameters"] = Json("""{"adapter_id":"y"}""") },
        });

        AssertJson(
            """{"inputs":"hello","parameters":{"details":true,"decoder_input_details":false,"adapter_id":"y","typical_p":0.9,"temperature":2,"do_sample":true},"b":2,"a":1}""",
            body);
    }

    [Fact]
    public async Task Field_ThatTgiCannotTake_IsRefusedByItsName()
    {
        Assert.Equal("top_p", await RefusedFieldAsync(new() { TopP = 0 }));
        Assert.Equal("top_k", await RefusedFieldAsync(new() { TopK = 0 }));
        Assert.Equal("seed", await RefusedFieldAsync(new() { Seed = -1 }));
        Assert.Equal(
            "extra.parameters.adapter_id",
            await RefusedFieldAsync(new() { ModelId = "poet", AdditionalProperties = new() { ["parameters"] = Json("""{"adapter_id":"bard"}""") } }));
        Assert.Equal("extra.inputs", await RefusedFieldAsync(new() { AdditionalProperties = new() { ["inputs"] = Json("\"x\"") } }));
        Assert.Equal("extra.parameters", await RefusedFieldAsync(new() { AdditionalProperties = new() { ["parameters"] = Json("1") } }));
    }

    private static async Task<JsonObject> BodyAsync(string settings, BackendCallOptions options)
    {
        var values = JsonNode.Parse(settings)!.AsObject();
        values["template"] = "plain";
        await using var bench = new PluginBench(new TgiFactory(), values.ToJsonString()).On("/generate_stream", "text/event-stream", TgiEvents.Last("x", "length"));
        await bench.ChatAsync(options);
        return Assert.Single(bench.Bodies("/generate_stream"));
    }

    private static async Task<string?> RefusedFieldAsync(BackendCallOptions options)
    {
        await using var bench = new PluginBench(new TgiFactory(), """{"template":"plain"}""");
        var failure = await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync(options));
        Assert.Equal(BackendErrorKind.InvalidRequest, failure.Kind);
        Assert.Empty(bench.Upstream.Requests);
        return failure.Field;
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {JsonNode.Parse(expected)!.ToJsonString()}\nbut was  {actual.ToJsonString()}");

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
