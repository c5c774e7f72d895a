using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using Xunit;

namespace ModelMesh.Backends.Tests.Ollama;

public sealed class OllamaEmbeddingsTests
{
    [Fact]
    public async Task Embeddings_OfTwoTexts_AreAskedForAtOnce()
    {
        await using var bench = new PluginBench(new OllamaFactory(), """{"keep_alive":60,"options":{"num_ctx":512}}""")
            .On("/api/embed", """{"embeddings":[[1,0.5],[-1,0]],"prompt_eval_count":5}""");

        var embeddings = await bench.Backend.Embeddings!.GenerateAsync(
            ["a", "b"], new EmbeddingGenerationOptions { Dimensions = 2, AdditionalProperties = new() { ["truncate"] = JsonDocument.Parse("false").RootElement } });

        Assert.Equal([[1f, 0.5f], [-1f, 0f]], embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal(5, embeddings.Usage?.InputTokenCount);
        Assert.Equal(
            """{"model":"m","input":["a","b"],"options":{"num_ctx":512},"truncate":false,"dimensions":2,"keep_alive":60}""",
            Assert.Single(bench.Bodies("/api/embed")).ToJsonString());
    }

    [Theory]
    [InlineData("""{"embeddings":[[1]]}""")]
    [InlineData("""{"model":"m"}""")]
    [InlineData("""{"embeddings":"none"}""")]
    [InlineData("""{"embeddings":[[1],null]}""")]
    [InlineData("""{"embeddings":[[1],[]]}""")]
    public async Task Answer_WithoutAnEmbeddingForEachText_FailsAsProtocol(string answer)
    {
        await using var bench = new PluginBench(new OllamaFactory()).On("/api/embed", answer);

        var failure = await Assert.ThrowsAsync<BackendException>(() => bench.Backend.Embeddings!.GenerateAsync(["a", "b"]));

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
    }
}
