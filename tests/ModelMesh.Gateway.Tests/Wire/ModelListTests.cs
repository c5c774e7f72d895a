using System.Net;
using System.Text.Json.Nodes;
using ModelMesh.Contracts.Figures;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

public sealed class ModelListTests
{
    private static readonly ModelFigures Ready = new() { Revision = 1, Status = "ready", Health = "healthy", Active = 1, FirstTokens = 2, FirstTokenMs = 300, StreamedTokens = 100, StreamedMs = 2_000 };

    [Fact]
    public async Task List_OfAModelOnTwoRegistries_HasWhatTheyTellAddedUp()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Figures.Tell("chat", "v1", Ready, Ready with { Active = 4, StreamedTokens = 20 });

        var list = await JsonAsync(gateway, "/v1/models");

        Assert.Equal(("list", false, "chat", "chat"), ((string?)list["object"], (bool?)list["has_more"], (string?)list["first_id"], (string?)list["last_id"]));
        var model = list["data"]![0]!;
        Assert.Equal(("chat", "model", "modelmesh"), ((string?)model["id"], (string?)model["object"], (string?)model["owned_by"]));
        foreach (var shown in new[] { model["modelmesh"]!, model["modelmesh"]!["versions"]![0]! })
        {
            Assert.Equal(("ready", "healthy", 5), ((string?)shown["status"], (string?)shown["health"]!["state"], (int?)shown["active"]));
            Assert.Equal((30.0, 150.0), ((double?)shown["tokens_per_second"], (double?)shown["time_to_first_token_ms"]));
        }

        Assert.Null(model["modelmesh"]!["stale_since"]);
    }

    [Fact]
    public async Task List_WithSecretsAndEndpointsInTheBackend_ShowsNothingOfTheBackend()
    {
        var settings = System.Text.Json.JsonDocument.Parse("""{"endpoint":"http://hidden:1","api_key":"env:HIDDEN"}""").RootElement;
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model() with { Backend = settings }), []);

        foreach (var path in new[] { "/v1/models", "/v1/models/chat", "/v1/models/chat@v1", "/v1/model_info", "/v1/model_info?model=chat" })
        {
            Assert.DoesNotContain("hidden", await gateway.Client.GetStringAsync(new Uri(path, UriKind.Relative)), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task List_WhileTheStoreIsAway_AnswersAndSaysSinceWhenItMayBeWrong()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()) { StoreIsAway = true }, []);
        gateway.Figures.Tell("chat", "v1", Ready);
        gateway.Figures.TurnStale(DateTimeOffset.UnixEpoch);

        var details = (await JsonAsync(gateway, "/v1/models"))["data"]![0]!["modelmesh"]!;
        Assert.Equal(("ready", "1970-01-01T00:00:00+00:00"), ((string?)details["status"], (string?)details["stale_since"]));
        Assert.Equal("1970-01-01T00:00:00+00:00", (string?)(await JsonAsync(gateway, "/v1/model_info?model=chat"))["stale_since"]);
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/models?limit=1")]
    [InlineData("/v1/models/chat")]
    [InlineData("/v1/model_info")]
    [InlineData("/v1/model_info?model=chat")]
    public async Task Answer_ThatTheClientHas_Is304UntilItChanges(string path)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Figures.Tell("chat", "v1", Ready);
        using var first = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));
        var tag = first.Headers.ETag!.Tag;

        foreach (var known in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var same = await SendAsync(gateway, method, path, ("If-None-Match", known));
                Assert.Equal((HttpStatusCode.NotModified, tag), (same.StatusCode, same.Headers.ETag?.Tag));
                Assert.Empty(await same.Content.ReadAsByteArrayAsync());
            }
        }

        gateway.Figures.Tell("chat", "v1", Ready with { Active = 2 });
        using var changed = await SendAsync(gateway, HttpMethod.Get, path, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/models/chat")]
    [InlineData("/v1/model_info")]
    public async Task Head_OfWhatGetAnswers_HasItsHeadersAndNoBody(string path)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var get = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var head = await SendAsync(gateway, HttpMethod.Head, path);
        Assert.Equal((HttpStatusCode.OK, get.Headers.ETag, get.Content.Headers.ContentLength), (head.StatusCode, head.Headers.ETag, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("Qwen/Qwen3-8B", "Qwen/Qwen3-8B")]
    [InlineData("Qwen%2FQwen3-8B", "Qwen/Qwen3-8B")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("a:b@c", "a:b@c")]
    [InlineData("a%3Ab%40c@v1", "a:b@c@v1")]
    public async Task One_ByAnIdInThePath_IsFoundAsThePathSpellsIt(string path, string id)
    {
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model("Qwen/Qwen3-8B"), FakeCatalog.Model("a%2Fb"), FakeCatalog.Model("a:b@c")), []);
        Assert.Equal(id, (string?)(await RawAsync(gateway, path))["id"]);
    }

    [Fact]
    public async Task One_ThatWasRegisteredAMomentAgo_IsLookedUpInTheStoreBefore404()
    {
        var catalog = new FakeCatalog();
        catalog.Store(FakeCatalog.Model());
        await using var gateway = await TestGateway.StartAsync(catalog, []);

        using var found = await gateway.Client.GetAsync(new Uri("/v1/models/chat", UriKind.Relative));
        using var missing = await gateway.Client.GetAsync(new Uri("/v1/models/other", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (found.StatusCode, missing.StatusCode));
        Assert.Equal("model_not_found", (string?)JsonNode.Parse(await missing.Content.ReadAsStringAsync())!["error"]!["code"]);
        Assert.Equal(2, catalog.Refreshes);
    }

    [Fact]
    public async Task List_ForAnAnthropicClient_HasItsShapeAndPages()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model("a"), FakeCatalog.Model("b"), FakeCatalog.Model("c")), []);
        using var answer = await SendAsync(gateway, HttpMethod.Get, "/v1/models?limit=1&after_id=a", ("anthropic-version", "2023-06-01"));

        var list = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((true, "b", "b"), ((bool?)list["has_more"], (string?)list["first_id"], (string?)list["last_id"]));
        Assert.Equal(("model", "b", "b"), ((string?)list["data"]![0]!["type"], (string?)list["data"]![0]!["id"], (string?)list["data"]![0]!["display_name"]));
        Assert.Equal("anthropic-version", answer.Headers.Vary.Single());
        using var one = await SendAsync(gateway, HttpMethod.Get, "/v1/models/b?beta=true", ("anthropic-version", "2023-06-01"));
        Assert.Equal("model", (string?)JsonNode.Parse(await one.Content.ReadAsStringAsync())!["type"]);
        using var missing = await SendAsync(gateway, HttpMethod.Get, "/v1/models/x", ("anthropic-version", "2023-06-01"));
        Assert.Equal("not_found_error", (string?)JsonNode.Parse(await missing.Content.ReadAsStringAsync())!["error"]!["type"]);
    }

    [Theory]
    [InlineData("/v1/models?limt=1", "limt")]
    [InlineData("/v1/models/chat?limit=1", "limit")]
    public async Task Query_ThatIsNotKnown_IsRefusedInOpenAIsShape(string path, string parameter)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(parameter, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["param"]);
    }

    [Theory]
    [InlineData("/v1/models?api-version=2024-10-21&client_version=1")]
    [InlineData("/v1/models/chat?client_version=1")]
    public async Task Query_ThatClientsAddToEveryAddress_ChangesNothing(string path)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonNode> JsonAsync(TestGateway gateway, string path) => JsonNode.Parse(await gateway.Client.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    // A client library would normalise the path.
    private static async Task<JsonNode> RawAsync(TestGateway gateway, string path)
    {
        using var raw = await RawHttp.ConnectAsync(gateway.Address);
        await raw.SendAsync($"GET /v1/models/{path} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");
        var answer = await raw.ReadAsync();
        return JsonNode.Parse(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])!;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gateway.Client.SendAsync(request);
    }
}
