using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>What a careless or hostile client sends: the right status, the one error body, and nothing half-written.</summary>
[Collection(SharedMesh.Name)]
public sealed class BadInputTests(SharedMesh shared)
{
    private MeshProcesses Mesh => shared.Mesh;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"name":5,"version":"v1","backend_type":"mock"}""", "name")]
    [InlineData("""{"name":"a","version":"v1","backend_type":"mock","colour":"red"}""", "colour")]
    [InlineData("""{"name":"a","version":"v1","backend_type":"mock","weight":-1}""", "weight")]
    [InlineData("""{"name":"a","version":"v1","backend_type":"mock","max_concurrency":0}""", "max_concurrency")]
    [InlineData("""{"name":"a","version":"v1","backend_type":"mock","max_concurrency":"two"}""", "max_concurrency")]
    [InlineData("""{"name":"","version":"v1","backend_type":"mock"}""", "name")]
    [InlineData("""{"name":"a","backend_type":"mock"}""", "version")]
    [InlineData("""{"name":"a","version":"v1","backend_type":"no-such-type"}""", "backend_type")]
    [InlineData("""{"name":"a","version":"v1","backend_type":"mock","backend":{"tokens":-1}}""", "backend.tokens")]
    [InlineData("""{"name":"a","version":"v1","backend_type":"mock","backend":{"tokenz":1}}""", "backend.tokenz")]
    [InlineData("""{"name":"a","version":"v1","backend_type":"mock","weight":-1,"shadow":"yes","colour":"red"}""", "weight", "shadow", "colour")]
    public async Task Register_BadBody_Is400NamingEveryFieldAndNothingIsWritten(string body, params string[] fields)
    {
        await using var store = await StoreReader.ConnectAsync(Mesh.Store.ConnectionString);
        var before = await store.CatalogAsync();
        using var response = await Mesh.Registry(0).PostAsync(new Uri("/models", UriKind.Relative), Json(body));

        var error = await ErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
        var named = error["details"]?.AsArray().Select(detail => (string?)detail!["field"]).ToArray() ?? [];
        Assert.All(fields, field => Assert.Contains(field, named));
        Assert.Equal(before, await store.CatalogAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"model\":")]
    [InlineData("[1]")]
    [InlineData("""{"model":"echo"}""")]
    [InlineData("""{"model":7,"input":"x"}""", "model")]
    [InlineData("""{"model":"echo","input":"x","colour":"red"}""", "colour")]
    [InlineData("""{"model":"echo","input":"x","messages":[]}""")]
    [InlineData("""{"model":"echo","input":"x","temperature":9}""", "temperature")]
    [InlineData("""{"model":"echo","input":"x","max_tokens":0,"top_p":"high"}""", "max_tokens", "top_p")]
    public async Task Infer_BadBody_Is400NamingEveryField(string body, params string[] fields)
    {
        using var response = await Mesh.Gateway.PostAsync(new Uri("/infer", UriKind.Relative), Json(body));

        var error = await ErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
        var named = error["details"]?.AsArray().Select(detail => (string?)detail!["field"]).ToArray() ?? [];
        Assert.All(fields, field => Assert.Contains(field, named));
    }

    [Theory]
    [InlineData("Qwen/Qwen2.5-7B-Instruct")]
    [InlineData("llama3:8b")]
    [InlineData("name@host")]
    [InlineData("with spaces and %2F")]
    [InlineData("模型 ✓ ñ")]
    [InlineData("100% {tagged}")]
    public async Task Name_OfAnyPrintableText_RegistersReadsStreamsUpdatesAndDeletes(string name)
    {
        await Mesh.RegisterAsync(name, [], 1);
        Assert.Equal(name, (string?)(await Mesh.ReadAsync(name, registry: 1))["name"]);
        await using var call = Mesh.Infer(name, "same words");
        var outcome = await call.Outcome;
        Assert.True(outcome.IsComplete, $"{outcome.Status} {outcome.ErrorCode}");
        Assert.Equal("same words", outcome.Text);
        await Mesh.UpdateAsync(name, new JsonObject { ["text"] = "changed" }, 1, registry: 1);
        await using var again = Mesh.Infer(name);
        Assert.Equal("changed", (await again.Outcome).Text);
        using var deleted = await Mesh.Registry(1).DeleteAsync(PathOf(name));
        Assert.True(deleted.IsSuccessStatusCode);
        await using var gone = Mesh.Infer(name);
        Assert.Equal("model_not_found", (await gone.Outcome).ErrorCode);
    }

    [Fact]
    public async Task Infer_PromptOfOneMegabyte_IsServedWhole()
    {
        await Mesh.RegisterAsync("echo-large", [], 1);
        var prompt = string.Concat(Enumerable.Repeat("0123456789abcde ", 65_536));
        await using var call = Mesh.Infer("echo-large", prompt);
        var outcome = await call.Outcome;
        Assert.True(outcome.IsComplete, $"{outcome.Status} {outcome.ErrorCode}");
        Assert.Equal(prompt.TrimEnd(), outcome.Text.TrimEnd());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Infer_BodyOf100Megabytes_Is413AndTheServiceLivesOn(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/infer") { Content = new StreamContent(new Endless(100_000_000)) };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentLength = chunked ? null : 100_000_000;
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;
        using var response = await Mesh.Gateway.SendAsync(request);
        await ErrorAsync(response, HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        Assert.True((await Mesh.Gateway.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Register_Twice_IsAConflictAndTheFirstStays()
    {
        await Mesh.RegisterAsync("twice", new JsonObject { ["text"] = "first" }, 3);
        using var second = await Mesh.Registry(1).PostAsync(
            new Uri("/models", UriKind.Relative), Json("""{"name":"twice","version":"v1","backend_type":"mock","max_concurrency":9}"""));
        await ErrorAsync(second, HttpStatusCode.Conflict, "conflict");
        Assert.Equal(3, (int)(await Mesh.ReadAsync("twice", registry: 1))["max_concurrency"]!);
    }

    [Fact]
    public async Task Delete_WhileActive_IsAConflictWithTheCountAndTheStreamGoesOn()
    {
        await Mesh.RegisterAsync("busy", new JsonObject { ["tokens"] = 60, ["token_delay_ms"] = 50 }, 2);
        await using var call = Mesh.Infer("busy");
        await call.FirstToken;
        using var refused = await Mesh.Registry(1).DeleteAsync(PathOf("busy"));
        var error = await ErrorAsync(refused, HttpStatusCode.Conflict, "conflict");
        Assert.Contains("1", (string?)error["message"], StringComparison.Ordinal);
        await using var second = Mesh.Infer("busy");
        Assert.True((await second.Outcome).IsComplete, "a refused delete closes nothing");
        Assert.True((await call.Outcome).IsComplete);
    }

    [Fact]
    public async Task AdminApi_OnTheGrpcPort_IsNotThere()
    {
        using var client = new HttpClient { BaseAddress = Mesh.Registries[0].Addresses[1], DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.GetAsync(new Uri("/models", UriKind.Relative));
        await ErrorAsync(response, HttpStatusCode.NotFound, "invalid_request");

        await Mesh.RegisterAsync("out-of-reach", [], 1);
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var disguised = new HttpRequestMessage(HttpMethod.Delete, PathOf("out-of-reach")) { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var refused = await client.SendAsync(disguised);
        await ErrorAsync(refused, HttpStatusCode.NotFound, "invalid_request");
        Assert.Equal(HttpStatusCode.OK, (await Mesh.Registry(0).GetAsync(PathOf("out-of-reach"))).StatusCode);
    }

    [Fact]
    public async Task Delete_DrainWithoutAValue_IsRefused()
    {
        await Mesh.RegisterAsync("kept", [], 1);
        using var refused = await Mesh.Registry(0).DeleteAsync(new Uri(PathOf("kept") + "?drain=", UriKind.Relative));
        await ErrorAsync(refused, HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(HttpStatusCode.OK, (await Mesh.Registry(0).GetAsync(PathOf("kept"))).StatusCode);
    }

    [Fact]
    public async Task Drain_WhileActive_RefusesNewStreamsLetsTheRunningOneEndAndThenDeletes()
    {
        await Mesh.RegisterAsync("drained", new JsonObject { ["tokens"] = 30, ["token_delay_ms"] = 30 }, 2);
        await using var call = Mesh.Infer("drained");
        await call.FirstToken;
        using var drained = await Mesh.Registry(1).DeleteAsync(new Uri(PathOf("drained") + "?drain=true", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Accepted, drained.StatusCode);
        Assert.Equal("draining", (string?)JsonNode.Parse(await drained.Content.ReadAsStringAsync())!["status"]);
        await using var refused = Mesh.Infer("drained");
        Assert.Equal((404, "model_not_found"), ((await refused.Outcome).Status, (await refused.Outcome).ErrorCode));
        Assert.True((await call.Outcome).IsComplete);
        await Eventually.HoldsAsync(
            async () => (await Mesh.Registry(0).GetAsync(new Uri(PathOf("drained"), UriKind.Relative))).StatusCode == HttpStatusCode.NotFound,
            TimeSpan.FromSeconds(5),
            "the drained model is deleted once idle");
    }

    private static string PathOf(string name) => $"/models/{Uri.EscapeDataString(name)}/versions/v1";

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<JsonNode> ErrorAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} {text}");
        var error = JsonNode.Parse(text)!["error"]!;
        Assert.Equal(code, (string?)error["code"]);
        Assert.False(string.IsNullOrEmpty((string?)error["message"]));
        Assert.False(string.IsNullOrEmpty((string?)error["type"]));
        return error;
    }
}
