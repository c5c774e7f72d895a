using System.Net;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI.Embeddings;

public sealed class EmbeddingsTests
{
    private const string Path = "/v1/embeddings";

    [Theory]
    [InlineData("", "[1,-0.5]", "[3,-0.5]")]
    [InlineData(""","encoding_format":"float" """, "[1,-0.5]", "[3,-0.5]")]
    [InlineData(""","encoding_format":"base64" """, "\"AACAPwAAAL8=\"", "\"AABAQAAAAL8=\"")]
    public async Task Embeddings_OfTwoTexts_AreAListInTheirOrder(string format, string first, string second)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = Answer;
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(
            $$$"""{"object":"list","data":[{"object":"embedding","index":0,"embedding":{{{first}}}},{"object":"embedding","index":1,"embedding":{{{second}}}}],"model":"chat@v1","usage":{"prompt_tokens":4,"total_tokens":4}}""",
            await gateway.TextAsync(Path, $$"""{"model":"chat@v1","input":["a","bcd"],"dimensions":2,"user":"u"{{format}}}"""));
        var asked = Assert.Single(registry.EmbedCalls);
        Assert.Equal((2, """{"user":"u"}""", "v1", true), (asked.Dimensions, asked.ExtraJson, asked.Version, asked.Lenient));
    }

    [Fact]
    public async Task Embeddings_OfMoreThanIsHeldAtOnce_ArriveWhole()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = request =>
        {
            var response = new EmbedResponse { Accepted = new Accepted { Model = request.Model, Version = request.Version } };
            response.Embeddings.AddRange(request.Inputs.Select((_, index) => new Embedding { Values = { Enumerable.Range(0, 1536).Select(value => (index * 1536) + value + 0.25f) } }));
            return response;
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.PostAsync(Path, $$"""{"model":"chat","input":[{{string.Join(',', Enumerable.Repeat("\"x\"", 100))}}]}""");
        using var body = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStreamAsync());

        var values = body.RootElement.GetProperty("data").EnumerateArray().SelectMany(item => item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()));
        Assert.Equal(Enumerable.Range(0, 100 * 1536).Select(value => value + 0.25f), values);
        Assert.True(body.RootElement.GetProperty("usage").GetProperty("estimated").GetBoolean());
    }

    [Theory]
    [InlineData("{}", "input")]
    [InlineData("""{"model":"chat","input":[1,2,3]}""", "input")]
    [InlineData("""{"model":"chat","input":[[1],[2]]}""", "input")]
    [InlineData("""{"model":"chat","input":["a",""],"encoding_format":"int8","dimensions":"x"}""", "encoding_format | input[1] | dimensions")]
    public async Task BadBody_NamesEveryFault(string body, string fields)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var response = await gateway.PostAsync(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields, await ApiCalls.FaultsAsync(response));
    }

    [Fact]
    public async Task RegistryRefuses_ItsErrorIsTheAnswerInOpenAIsShape()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = _ => throw GrpcErrors.ToRpcException(MeshException.Invalid("model", "makes no embeddings"));
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(
            """{"error":{"message":"model: makes no embeddings","type":"invalid_request_error","param":"model","code":"invalid_request","details":[{"field":"model","message":"makes no embeddings"}]}}""",
            await gateway.TextAsync(Path, """{"model":"chat","input":"a"}"""));
    }

    private static EmbedResponse Answer(EmbedRequest request)
    {
        var response = new EmbedResponse
        {
            Accepted = new Accepted { Model = request.Model, Version = request.Version, Revision = 7, Instance = "registry-1" },
            Usage = new Usage { InputTokens = 4, TotalTokens = 4 },
        };
        response.Embeddings.AddRange(request.Inputs.Select(input => new Embedding { Values = { input.Length, -0.5f } }));
        return response;
    }
}
