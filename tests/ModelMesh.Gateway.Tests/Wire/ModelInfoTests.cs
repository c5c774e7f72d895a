using System.Net;
using System.Text.Json.Nodes;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

public sealed class ModelInfoTests
{
    [Theory]
    [InlineData("model=chat", "v2", "v1 v2 v3")]
    [InlineData("model=chat&version=v1", "v1", null)]
    [InlineData("model=chat@v3", "v3", null)]
    [InlineData("model=chat:sql", "v1", null)]
    [InlineData("model=other", "v1", null)]
    public async Task Info_OfAModel_IsThatOfTheVersionNamedOrOfTheOneWithMostTraffic(string query, string version, string? versions)
    {
        await using var gateway = await StartAsync();
        var info = await JsonAsync(gateway, $"/v1/model_info?{query}");
        Assert.Equal(version, (string?)info["version"]);
        Assert.Equal(versions, info["versions"] is JsonArray all ? string.Join(' ', all.Select(one => (string?)one)) : null);
    }

    [Fact]
    public async Task Info_OfAnAdapter_NamesItBesideItsModel()
    {
        await using var gateway = await StartAsync();
        var info = await JsonAsync(gateway, "/v1/model_info?model=chat:sql");
        Assert.Equal(("chat", "sql", "mock"), ((string?)info["name"], (string?)info["adapter"], (string?)info["backend_type"]));
    }

    [Theory]
    [InlineData("", "chat@v1 chat@v2 chat@v3 other@v1")]
    [InlineData("?capability=chat", "chat@v1")]
    [InlineData("?backend_type=vllm", "other@v1")]
    public async Task Infos_OfAllModels_AreOneForEachVersionThatMatches(string query, string expected)
    {
        await using var gateway = await StartAsync();
        var models = (await JsonAsync(gateway, $"/v1/model_info{query}"))["models"]!.AsArray();
        Assert.Equal(expected, string.Join(' ', models.Select(model => $"{model!["name"]}@{model["version"]}")));
    }

    [Theory]
    [InlineData("version=v1", 400, "invalid_request", "version: needs model beside it")]
    [InlineData("model=chat&status=ready", 400, "invalid_request", "status: chooses among models, and model names one")]
    [InlineData("model=chat&limit=1", 400, "invalid_request", "limit: is not a known parameter; known are status, backend_type, owned_by, capability, label, model, version")]
    [InlineData("model=chat&version=v9", 404, "model_not_found", "Model 'chat' has no version 'v9'. Its versions: v1, v2, v3.")]
    [InlineData("model=nope", 404, "model_not_found", "Model 'nope' is not registered. Registered: chat, other.")]
    public async Task Info_OfWhatIsNotOrBadlyAsked_IsRefusedInTheMeshsOwnShape(string query, int status, string code, string message)
    {
        await using var gateway = await StartAsync();
        using var answer = await gateway.Client.GetAsync(new Uri($"/v1/model_info?{query}", UriKind.Relative));
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal(((HttpStatusCode)status, code, "client_error", message), (answer.StatusCode, (string?)error["code"], (string?)error["type"], (string?)error["message"]));
    }

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(
        new FakeCatalog(
            FakeCatalog.Model(weight: 10) with { Adapters = ["sql"], Capabilities = ["chat"] },
            FakeCatalog.Model(version: "v2", weight: 90),
            FakeCatalog.Model(version: "v3", weight: 100, shadow: true),
            FakeCatalog.Model("other") with { BackendType = "vllm" }),
        []);

    private static async Task<JsonNode> JsonAsync(TestGateway gateway, string path) => JsonNode.Parse(await gateway.Client.GetStringAsync(new Uri(path, UriKind.Relative)))!;
}
