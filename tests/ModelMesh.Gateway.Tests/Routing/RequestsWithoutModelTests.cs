using System.Net;
using System.Text;
using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class RequestsWithoutModelTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static readonly string[] Capabilities = ["tools", "vision", "json", "embeddings"];
    private static readonly string[] Targets = ["default-model", "tier", "header", "label", "metadata", "long"];

    [Theory]
    [InlineData("/infer", "{\"input\":\"hi\"}")]
    [InlineData("/v1/infer", "{\"model\":\"\",\"prompt\":\"hi\"}")]
    [InlineData("/v1/stream_infer", "{\"model\":null,\"prompt\":\"hi\"}")]
    [InlineData("/v1/chat/completions", "{" + Hi + "}")]
    [InlineData("/v1/chat/completions", "{" + Hi + ",\"stream\":true}")]
    [InlineData("/v1/completions", "{\"prompt\":\"hi\"}")]
    [InlineData("/v1/completions", "{\"prompt\":[\"hi\",\"ho\"]}")]
    [InlineData("/v1/responses", "{\"input\":\"hi\"}")]
    [InlineData("/v1/responses", "{\"model\":\"\",\"input\":\"hi\",\"stream\":true}")]
    [InlineData("/v1/messages", "{\"max_tokens\":9," + Hi + "}")]
    [InlineData("/v1/messages", "{\"max_tokens\":9," + Hi + ",\"stream\":true}")]
    [InlineData("/api/chat", "{" + Hi + "}")]
    [InlineData("/api/chat", "{" + Hi + ",\"stream\":false}")]
    [InlineData("/api/generate", "{\"prompt\":\"hi\"}")]
    [InlineData("/api/generate", "{}")]
    [InlineData("/embed", "{\"input\":\"hi\"}")]
    [InlineData("/v1/embeddings", "{\"input\":\"hi\"}")]
    [InlineData("/api/embed", "{\"input\":\"hi\"}")]
    [InlineData("/api/embed", "{}")]
    public async Task EveryApi_IsServedAndNamesWhatServes(string path, string body)
    {
        await using var registry = await StartRegistryAsync();
        await using var gateway = await TestGateway.StartAsync(Catalog(new RoutingDefaults { Default = new ModelTarget("default-model") }), [], registry);

        using var response = await PostAsync(gateway, path, body);

        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        Assert.Contains(path.Contains("embed", StringComparison.Ordinal) ? "\"model\":\"embeddings\"" : "\"model\":\"default-model\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingConfigured_IsAnInvalidRequestThatSaysWhatCouldBe()
    {
        await using var registry = await StartRegistryAsync();
        await using var gateway = await TestGateway.StartAsync(Catalog(), [], registry);

        using var response = await PostAsync(gateway, "/v1/chat/completions", "{" + Hi + "}");

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var error = json.RootElement.GetProperty("error");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request", "model"), (response.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
        Assert.StartsWith("model: is required", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions", "{" + Hi + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"now\"}}]}", null, "tools")]
    [InlineData("/v1/chat/completions", "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://127.0.0.1/a.png\"}}]}]}", null, "vision")]
    [InlineData("/v1/chat/completions", "{" + Hi + ",\"response_format\":{\"type\":\"json_object\"}}", null, "json")]
    [InlineData("/v1/embeddings", "{\"input\":\"hi\"}", null, "embeddings")]
    [InlineData("/infer", "{\"input\":\"hi\",\"capabilities\":[\"vision\"]}", null, "vision")]
    [InlineData("/v1/messages", "{\"max_tokens\":9," + Hi + "}", "x-modelmesh-capabilities: json", "json")]
    [InlineData("/infer", "{\"input\":\"hi\",\"user_tier\":\"gold\"}", null, "tier")]
    [InlineData("/infer", "{\"input\":\"hi\",\"user_tier\":\"gold\"}", "x-modelmesh-tier: lead", "default-model")]
    [InlineData("/infer", "{\"input\":\"hi\"}", "x-team: search", "header")]
    [InlineData("/infer", "{\"input\":\"hi\"}", "x-modelmesh-labels: kind=batch", "label")]
    [InlineData("/infer", "{\"input\":\"hi\",\"metadata\":{\"a\":{\"b\":1}}}", null, "metadata")]
    [InlineData("/v1/chat/completions", "{" + Hi + ",\"metadata\":{\"a\":{\"b\":1}}}", null, "metadata")]
    [InlineData("/v1/responses", "{\"input\":\"hi\",\"metadata\":{\"a.b\":\"1\"}}", null, "metadata")]
    [InlineData("/v1/messages", "{\"max_tokens\":9," + Hi + ",\"metadata\":{\"user_id\":\"u\",\"a.b\":1}}", null, "metadata")]
    [InlineData("/infer", "{\"input\":\"" + "0123456789012345678901234567890" + "\"}", null, "long")]
    public async Task Request_IsRoutedByWhatItHolds(string path, string body, string? header, string expected)
    {
        await using var registry = await StartRegistryAsync();
        await using var gateway = await TestGateway.StartAsync(
            Catalog(
                new RoutingDefaults { Default = new ModelTarget("default-model") },
                Rule("tier", "user_tier", "eq", "\"gold\""),
                Rule("header", "header.X-Team", "eq", "\"search\""),
                Rule("label", "label.kind", "eq", "\"batch\""),
                Rule("metadata", "metadata.a.b", "eq", "1"),
                Rule("long", "prompt_length", "gt", "30")),
            [],
            registry);

        using var response = await PostAsync(gateway, path, body, header);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.Equal(expected, response.Headers.GetValues("x-modelmesh-model").Single());
    }

    [Fact]
    public async Task Alias_ThatTheGatewayHasNotHeardOf_IsLookedUpInTheStore()
    {
        var catalog = Catalog();
        await using var registry = await StartRegistryAsync();
        await using var gateway = await TestGateway.StartAsync(catalog, [], registry);
        catalog.StoreTraffic(Dry.Alias("prod", "tools"));

        using var response = await PostAsync(gateway, "/v1/chat/completions", "{\"model\":\"prod\"," + Hi + "}");

        Assert.Equal(("tools", 1), (response.Headers.GetValues("x-modelmesh-model").Single(), catalog.Refreshes));
        Assert.Contains("\"model\":\"prod\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_AreListedAndFoundWithWhatTheyStandFor()
    {
        await using var registry = await StartRegistryAsync();
        await using var gateway = await TestGateway.StartAsync(Catalog(Dry.Alias("prod", "tools"), Dry.Alias("pinned", "vision", "v1"), Dry.Alias("json", "tools")), [], registry);

        using var list = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/v1/models", UriKind.Relative)));
        using var one = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/v1/models/prod@v1", UriKind.Relative)));
        using var tags = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/api/tags", UriKind.Relative)));
        var info = await gateway.Client.GetStringAsync(new Uri("/v1/model_info", UriKind.Relative));

        var aliases = list.RootElement.GetProperty("data").EnumerateArray()
            .Where(entry => entry.GetProperty("modelmesh").TryGetProperty("alias_of", out _))
            .Select(entry => $"{entry.GetProperty("id").GetString()} → {entry.GetProperty("modelmesh").GetProperty("alias_of").GetString()}");
        Assert.Equal(["pinned → vision@v1", "prod → tools"], aliases);
        Assert.Equal(("prod@v1", "tools@v1"), (one.RootElement.GetProperty("id").GetString(), one.RootElement.GetProperty("modelmesh").GetProperty("alias_of").GetString()));
        Assert.Equal(["pinned", "prod"], tags.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()).TakeLast(2));
        Assert.DoesNotContain("prod", info, StringComparison.Ordinal);
    }

    private static FakeCatalog Catalog(params ITrafficEntry[] entries) => new FakeCatalog(
        [
            .. Capabilities.Select(name => FakeCatalog.Model(name) with { Capabilities = [name] }),
            .. Targets.Select(name => FakeCatalog.Model(name)),
        ]).With(entries);

    private static RoutingRule Rule(string target, string field, string comparison, string value) =>
        Dry.Rule($"to-{target}", target, conditions: new RuleCondition(field, comparison, JsonDocument.Parse(value).RootElement));

    private static async Task<FakeRegistry> StartRegistryAsync()
    {
        var registry = await FakeRegistry.StartAsync();
        registry.Embed = request => new EmbedResponse
        {
            Accepted = new Accepted { Model = request.Model, Version = request.Version, Instance = registry.Id },
            Embeddings = { request.Inputs.Select(_ => new Embedding { Values = { 0.5f } }) },
        };
        return registry;
    }

    private static async Task<HttpResponseMessage> PostAsync(TestGateway gateway, string path, string body, string? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (header?.Split(": ") is [var name, var value])
        {
            request.Headers.Add(name, value);
        }

        return await gateway.Client.SendAsync(request);
    }
}
