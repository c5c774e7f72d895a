using System.Net;
using System.Text;
using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

public sealed class EmbedTests
{
    [Fact]
    public async Task Embed_TwoTexts_AnswersTwoVectorsInOrderAndWhoMadeThem()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = request => Answer(request, registry.Id);
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await EmbedAsync(gateway, """{"model":"chat","input":["a","bcd"],"dimensions":2,"extra":{"truncate":true}}""");
        Assert.Equal(
            """{"embeddings":[[1,0.5],[3,0.5]],"usage":{"input_tokens":4,"total_tokens":4},"model":"chat","version":"v1","revision":7}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal(["registry-1"], response.Headers.GetValues("x-modelmesh-instance"));
        var asked = Assert.Single(registry.EmbedCalls);
        Assert.Equal((2, """{"truncate":true}"""), (asked.Dimensions, asked.ExtraJson));
    }

    [Fact]
    public async Task Embed_TheFirstInstanceIsGone_AnotherMakesThem()
    {
        await using var gone = await FakeRegistry.StartAsync("registry-1");
        await using var alive = await FakeRegistry.StartAsync("registry-2");
        gone.Embed = _ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendUnavailable) { RetryElsewhere = true });
        alive.Embed = request => Answer(request, alive.Id);
        await using var gateway = await TestGateway.StartAsync(gone, alive);

        for (var i = 0; i < 4; i++)
        {
            using var response = await EmbedAsync(gateway, """{"model":"chat","input":"a"}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(["registry-2"], response.Headers.GetValues("x-modelmesh-instance"));
        }

        Assert.NotEmpty(gone.EmbedCalls);
    }

    [Fact]
    public async Task Embed_TheRegistryRefuses_ItsErrorIsTheAnswerAndNobodyElseIsAsked()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = _ => throw GrpcErrors.ToRpcException(MeshException.Invalid("model", "makes no embeddings"));
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await EmbedAsync(gateway, """{"model":"chat","input":"a"}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["model"], await FieldsAsync(response));
        Assert.Single(registry.EmbedCalls);
    }

    [Theory]
    [InlineData("{}", "input")]
    [InlineData("""{"model":"chat","input":[]}""", "input")]
    [InlineData("""{"model":"chat","input":7}""", "input")]
    [InlineData("""{"model":"chat","input":["a","",3]}""", "input[1] | input[2]")]
    [InlineData("""{"model":"chat","input":"a","dimensions":0,"temperature":1}""", "dimensions | temperature")]
    public async Task Embed_BadBody_NamesEveryFault(string body, string fields)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var response = await EmbedAsync(gateway, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields, string.Join(" | ", await FieldsAsync(response)));
    }

    private static Task<HttpResponseMessage> EmbedAsync(TestGateway gateway, string body) =>
        gateway.Client.PostAsync(new Uri("/embed", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<IReadOnlyList<string>> FieldsAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return [.. body.RootElement.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()!)];
    }

    private static EmbedResponse Answer(EmbedRequest request, string instance)
    {
        var response = new EmbedResponse
        {
            Accepted = new Accepted { Model = request.Model, Version = request.Version, Revision = 7, Instance = instance },
            Usage = new Usage { InputTokens = 4, TotalTokens = 4 },
        };
        response.Embeddings.AddRange(request.Inputs.Select(input => new Embedding { Values = { input.Length, 0.5f } }));
        return response;
    }
}
