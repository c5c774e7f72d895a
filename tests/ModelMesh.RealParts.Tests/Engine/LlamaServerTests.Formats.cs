using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

/// <content>Answers held to a form by the engine's grammar.</content>
public abstract partial class LlamaServerTests
{
    private const string Schema = """{"type":"object","properties":{"colour":{"enum":["red","green"]},"sure":{"type":"boolean"}},"required":["colour","sure"],"additionalProperties":false}""";

    [OnRealPart(RealPart.LlamaServer)]
    public async Task JsonSchema_AskedOfARandomModel_IsMet()
    {
        await using var backend = await TinyAsync();
        var answer = await backend.ChatAsync(Prompt, new()
        {
            MaxOutputTokens = 400, Temperature = 0, ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse(Schema).RootElement, "answer"), StrictJsonSchema = true,
        });

        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        using var json = JsonDocument.Parse(answer.Text);
        Assert.Contains(json.RootElement.GetProperty("colour").GetString(), (string[])["red", "green"]);
        Assert.Contains(json.RootElement.GetProperty("sure").ValueKind, (JsonValueKind[])[JsonValueKind.True, JsonValueKind.False]);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Grammar_InExtra_ReachesTheEngine()
    {
        await using var backend = await TinyAsync();
        var answer = await backend.ChatAsync(Prompt, new() { MaxOutputTokens = 20, AdditionalProperties = Extra.Of(("grammar", "root ::= \"river\" | \"stone\""), ("cache_prompt", false)) });

        Assert.Contains(answer.Text, (string[])["river", "stone"]);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Grammar_Broken_IsAnInvalidRequestInTheEnginesWords()
    {
        await using var backend = await TinyAsync();
        var failure = await Assert.ThrowsAsync<BackendException>(() => backend.ChatAsync(Prompt, new() { AdditionalProperties = Extra.Of(("grammar", "root ::= (((")) }));

        Assert.Equal(BackendErrorKind.InvalidRequest, failure.Kind);
        Assert.Contains("grammar", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Prompt_LongerThanTheContext_IsAnInvalidRequest()
    {
        await using var backend = await TinyAsync();
        var failure = await Assert.ThrowsAsync<BackendException>(() => backend.ChatAsync(string.Join(' ', Enumerable.Repeat("river", 3_000))));

        Assert.Equal(BackendErrorKind.InvalidRequest, failure.Kind);
        Assert.Contains("context", failure.Message, StringComparison.Ordinal);
    }

    // The random model would never begin a call: the bias makes the token that begins one the first, and the grammar sees to the rest.
    [OnRealPart(RealPart.LlamaServer)]
    public async Task ToolChoice_Required_StreamsCallsInPiecesAndApart()
    {
        await using var backend = await TinyAsync();
        var answer = await backend.ChatAsync(Prompt, new()
        {
            MaxOutputTokens = 300,
            Temperature = 0,
            Tools = [new ToolDeclaration("paint", "Paints.", JsonDocument.Parse(Schema).RootElement)],
            ToolMode = ChatToolMode.RequireAny,
            AllowMultipleToolCalls = true,
            AdditionalProperties = Extra.Of(("logit_bias", new object[] { new object[] { "<tool_call>\n", 500 } })),
        });

        Assert.InRange(answer.ToolCalls.Count, 2, 100);
        Assert.All(answer.ToolCalls.SkipLast(1), AssertCall);
        Assert.Equal(answer.ToolCalls.Count, answer.ToolCalls.Select(call => call.Id).Distinct().Count());
        Assert.InRange(answer.ToolCallPieces, 20, 1_000);
    }

    private static void AssertCall((string Id, string Name, string Arguments) call)
    {
        Assert.NotEmpty(call.Id);
        Assert.Equal("paint", call.Name);
        using var arguments = JsonDocument.Parse(call.Arguments);
        Assert.Contains(arguments.RootElement.GetProperty("colour").GetString(), (string[])["red", "green"]);
    }
}
