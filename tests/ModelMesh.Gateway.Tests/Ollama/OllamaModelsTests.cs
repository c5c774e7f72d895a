using System.Net;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Ollama.Models;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class OllamaModelsTests
{
    [Fact]
    public void List_HasEveryNameThatSomethingCanBeAskedBy()
    {
        var listed = List(
            FakeCatalog.Model("b", "v1") with { Adapters = ["law", "art"] },
            FakeCatalog.Model("b", "v2") with { Adapters = ["law"] },
            FakeCatalog.Model("b", "next", shadow: true),
            FakeCatalog.Model("a", "old", draining: true),
            FakeCatalog.Model("c", "v1", weight: 0));

        Assert.Equal(["b", "b:art", "b:law", "b@next", "c@v1"], listed.Select(model => model.Name));
        Assert.Equal(["", "b", "b", "", ""], listed.Select(model => model.Details.ParentModel));
    }

    [Fact]
    public void Digest_IsTheSameForTheSame_AndAnotherAfterAnyChange()
    {
        var model = FakeCatalog.Model("a", "v1", revision: 7);
        string[] digests =
        [
            Digest(model),
            Digest(model with { Revision = 8 }),
            Digest(model with { Version = "v2" }),
            Digest(model, FakeCatalog.Model("a", "v2", revision: 7)),
            Digest(model with { Name = "b" }),
        ];

        Assert.Equal(digests[0], Digest(model));
        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.All(digests, digest => Assert.Matches("^[0-9a-f]{64}$", digest));
    }

    [Fact]
    public async Task Tags_HaveWhatOllamasHave()
    {
        await using var gateway = await StartAsync();

        Assert.Equal(
            "{\"models\":[{\"name\":\"chat\",\"model\":\"chat\",\"modified_at\":\"2026-01-02T03:04:05+00:00\",\"size\":0,\"digest\":\"" + Digest(Model) + "\"," +
            "\"details\":{\"parent_model\":\"\",\"format\":\"\",\"family\":\"mock\",\"families\":[\"mock\"],\"parameter_size\":\"\",\"quantization_level\":\"\"}}]}",
            await gateway.Client.GetStringAsync("/api/tags"));
    }

    [Fact]
    public async Task Running_AreAllThatAreListed()
    {
        await using var gateway = await StartAsync();

        using var json = JsonDocument.Parse(await gateway.Client.GetStringAsync("/api/ps"));

        var model = Assert.Single(json.RootElement.GetProperty("models").EnumerateArray());
        Assert.Equal("chat", model.GetProperty("name").GetString());
        Assert.Equal("2300-01-01T00:00:00+00:00", model.GetProperty("expires_at").GetString());
    }

    [Theory]
    [InlineData("""{"model":"chat"}""")]
    [InlineData("""{"name":"chat:latest","verbose":true}""")]
    public async Task Show_ByEitherField_SaysWhatTheModelIs(string body)
    {
        await using var gateway = await StartAsync();

        Assert.Equal(
            "{\"license\":\"\",\"modelfile\":\"\",\"parameters\":\"\",\"template\":\"\"," +
            "\"details\":{\"parent_model\":\"\",\"format\":\"\",\"family\":\"mock\",\"families\":[\"mock\"],\"parameter_size\":\"\",\"quantization_level\":\"\"}," +
            "\"model_info\":{\"general.architecture\":\"mock\",\"general.basename\":\"chat\",\"general.version\":\"v1\"}," +
            "\"capabilities\":[\"completion\",\"tools\"],\"modified_at\":\"2026-01-02T03:04:05+00:00\"}",
            await gateway.AnswerAsync("/api/show", body));
    }

    [Theory]
    [InlineData("""{"model":"nope"}""", HttpStatusCode.NotFound)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    public async Task Show_OfNothing_IsAnErrorInOllamasShape(string body, HttpStatusCode status)
    {
        await using var gateway = await StartAsync();
        using var response = await gateway.OllamaAsync("/api/show", body);

        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith("{\"error\":\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "completion")]
    [InlineData("chat,Function-Calling,vision,reasoning", "completion,tools,vision,thinking")]
    [InlineData("embeddings", "embedding")]
    [InlineData("embedding,tools", "completion,embedding,tools")]
    [InlineData("something-else", "completion")]
    public void Capabilities_AreInOllamasWords(string registered, string shown) =>
        Assert.Equal(shown, string.Join(',', OllamaCapabilities.Of(registered.Split(',', StringSplitOptions.RemoveEmptyEntries))));

    [Fact]
    public async Task Probes_OfClients_AreAnswered()
    {
        await using var gateway = await StartAsync();
        using var head = await gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Matches("""^\{"version":"\d+\.\d+\.\d+"\}$""", await gateway.Client.GetStringAsync("/api/version"));
    }

    private static ModelVersion Model { get; } =
        FakeCatalog.Model() with { UpdatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Capabilities = ["chat", "tools"] };

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(new FakeCatalog(Model), []);

    private static List<ListedModel> List(params ModelVersion[] models) => [.. ModelList.Of(CatalogSnapshot.Create(1, models))];

    private static string Digest(params ModelVersion[] models) => List(models)[0].Digest;
}
