using System.Text.Json;
using ModelMesh.Backends.OpenAI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using Xunit;

namespace ModelMesh.Backends.Tests.OpenAI;

public sealed class OpenAIEmbeddingsTests
{
    private const string Path = "/embeddings";

    [Fact]
    public async Task Request_HoldsDimensionsAndExtra()
    {
        await using var bench = Bench("""{"data":[{"index":0,"embedding":[1,2]}]}""", """{"extra":{"user":"u"}}""");

        await bench.Backend.Embeddings!.GenerateAsync(["a"], new() { Dimensions = 2, AdditionalProperties = new() { ["a]b"] = JsonDocument.Parse("[1]").RootElement } });

        Assert.Equal(
            """{"model":"m","input":["a"],"encoding_format":"base64","dimensions":2,"user":"u","a]b":[1]}""", Assert.Single(bench.Bodies(Path)).ToJsonString());
    }

    [Fact]
    public async Task Answer_WithoutNumbersAndUsage_IsReadInItsOrder()
    {
        await using var bench = Bench("""{"data":[{"embedding":[1,2]},{"embedding":[3,4]}]}""");

        var answer = await bench.Backend.Embeddings!.GenerateAsync(["a", "b"]);

        Assert.Equal([[1, 2], [3, 4]], answer.Select(embedding => embedding.Vector.ToArray()));
        Assert.Null(answer.Usage);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"data":[{"index":7,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":"not base64!"}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":{"a":1}}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1""")]
    public async Task Answer_ThatCannotBeRead_IsAProtocolFault(string answer)
    {
        await using var bench = Bench(answer);

        var failure = await Assert.ThrowsAsync<BackendException>(() => bench.Backend.Embeddings!.GenerateAsync(["a"]));

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
    }

    private static PluginBench Bench(string answer, string settings = "{}") => new PluginBench(new OpenAIFactory(), settings).On(Path, answer);
}
