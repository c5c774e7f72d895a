using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Ollama;
using ModelMesh.Gateway.Ollama.Answers;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class OllamaFieldNamesTests
{
    [Theory]
    [InlineData("max_tokens", "options.num_predict", "options.num_predict")]
    [InlineData("top_k", "options.top_k", "options.top_k")]
    [InlineData("reasoning_effort", "think", "think")]
    [InlineData("response_format", "format", "format")]
    [InlineData("response_format.json_schema.schema", "format", "format")]
    [InlineData("extra.Min_P", "Min_P", "Min_P")]
    [InlineData("messages[1].content[0]", "messages[1].images", "images")]
    [InlineData("messages[1].tool_calls[0].function.arguments", "messages[1].tool_calls[0].function.arguments", "prompt")]
    [InlineData("tools[0].function.name", "tools[0].function.name", "tools[0].function.name")]
    [InlineData("logprobs", "logprobs", "logprobs")]
    public void Of_TheMeshsName_IsTheClients(string field, string ofChat, string ofGenerate)
    {
        Assert.Equal(ofChat, OllamaFieldNames.Of(field, PieceForm.Chat));
        Assert.Equal(ofGenerate, OllamaFieldNames.Of(field, PieceForm.Generate));
    }

    [Fact]
    public async Task Refusal_OfTheBackend_NamesTheFieldAsTheClientWroteIt()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(MeshException.Invalid([new ErrorDetail("max_tokens", "is too much"), new ErrorDetail("", "and more")]));
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(
            """{"error":"options.num_predict: is too much; and more","code":"invalid_request"}""",
            await gateway.AnswerAsync("/api/chat", """{"model":"chat","messages":[{"role":"user","content":"hi"}]}"""));
    }
}
