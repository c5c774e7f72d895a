using System.Net;
using System.Text.Json;
using ModelMesh.Contracts.Instances;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class OllamaEmbedTests
{
    [Fact]
    public async Task Embed_SeveralTexts_AnswersAVectorEach()
    {
        await using var registry = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        var answer = await gateway.AnswerAsync("/api/embed", """{"model":"chat:latest","input":["a","b"],"dimensions":2,"truncate":true,"keep_alive":"5m","options":{"num_ctx":1},"new_field":1}""");

        Assert.Equal("""{"model":"chat:latest","embeddings":[[0.5,0.1],[0.5,0.1]],"total_duration":0,"load_duration":0,"prompt_eval_count":2}""", answer);
        var request = Assert.Single(registry.EmbedCalls);
        Assert.Equal(["a", "b"], request.Inputs);
        Assert.Equal(2, request.Dimensions);
        Assert.True(request.Lenient);
        Assert.Equal("""{"new_field":1}""", request.ExtraJson);
    }

    [Fact]
    public async Task Embed_ByAnOllamaBackend_HasItsFieldsAsTheyWere()
    {
        await using var registry = await StartAsync();
        var info = registry.Info with { Plugins = [new InstancePlugin("ollama", "1", "ready")] };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model() with { BackendType = "ollama" }), new FakeDirectory(info), []);

        await gateway.AnswerAsync("/api/embed", """{"model":"chat","input":"a","truncate":false,"options":{"num_ctx":1},"dimensions":0}""");

        var request = Assert.Single(registry.EmbedCalls);
        Assert.Equal("""{"truncate":false,"options":{"num_ctx":1}}""", request.ExtraJson);
        Assert.False(request.HasDimensions);
    }

    [Fact]
    public async Task Embeddings_TheOlderWay_AnswersOneVector()
    {
        await using var registry = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal("""{"embedding":[0.5,0.1]}""", await gateway.AnswerAsync("/api/embeddings", """{"model":"chat","prompt":"a"}"""));
        Assert.Equal(["a"], Assert.Single(registry.EmbedCalls).Inputs);
    }

    [Theory]
    [InlineData("/api/embed", """{"model":"chat"}""", """{"model":"chat","embeddings":[],"total_duration":0,"load_duration":0,"prompt_eval_count":0}""")]
    [InlineData("/api/embed", """{"model":"chat","input":[]}""", """{"model":"chat","embeddings":[],"total_duration":0,"load_duration":0,"prompt_eval_count":0}""")]
    [InlineData("/api/embeddings", """{"model":"chat","prompt":""}""", """{"embedding":[]}""")]
    public async Task Embed_Nothing_AnswersThatTheModelIsThere_WithoutAskingIt(string path, string body, string answer)
    {
        await using var registry = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(answer, await gateway.AnswerAsync(path, body));
        Assert.Empty(registry.EmbedCalls);
        using var unknown = await gateway.OllamaAsync(path, body.Replace("chat", "nope", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Embed_ABodyOfFaults_NamesEach()
    {
        await using var registry = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var response = await gateway.OllamaAsync("/api/embed", """{"input":["a",1],"dimensions":-1,"truncate":"no","options":{"a":1,"a":2}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var message = json.RootElement.GetProperty("error").GetString()!;
        Assert.All(["input[1]: ", "dimensions: ", "truncate: ", "options.a: "], field => Assert.Contains(field, message, StringComparison.Ordinal));
    }

    private static async Task<FakeRegistry> StartAsync()
    {
        var registry = await FakeRegistry.StartAsync();
        registry.Embed = request => new EmbedResponse
        {
            Accepted = new Accepted { Model = request.Model, Version = request.Version, Instance = registry.Id },
            Embeddings = { request.Inputs.Select(_ => new Embedding { Values = { 0.5f, 0.1f } }) },
            Usage = new Usage { InputTokens = request.Inputs.Count, TotalTokens = request.Inputs.Count },
        };
        return registry;
    }
}
