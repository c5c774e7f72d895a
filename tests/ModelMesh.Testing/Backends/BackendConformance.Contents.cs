using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>What an answer holds besides text.</content>
public abstract partial class BackendConformance
{
    private static ScriptedToolCall Oslo => new("call_a", "get_weather", "{\"ci", "ty\":\"O", "slo é\"", "}");

    private static ScriptedToolCall Rome => new("call_b", "get_time", "{\"zone\"", ":\"Rome\"}");

    [SkippableFact]
    public async Task ToolCall_InPieces_IsPassedOnInPieces()
    {
        if (Lacks(ChatFeatures.Tools) || Dialect.ToolCalls(Oslo) is not { } payloads)
        {
            throw Inapplicable();
        }

        var outcome = await ChatWithToolsAsync(payloads);

        AssertCalls(outcome, Oslo);
        if (Dialect.HasToolCallPieces)
        {
            Assert.Equal(Oslo.Pieces.Length, outcome.ToolCallPieces);
        }
    }

    [SkippableFact]
    public async Task ToolCalls_InParallel_AreToldApart()
    {
        if (Lacks(ChatFeatures.Tools) || Dialect.ToolCalls(Oslo, Rome) is not { } payloads)
        {
            throw Inapplicable();
        }

        AssertCalls(await ChatWithToolsAsync(payloads), Oslo, Rome);
    }

    [SkippableFact]
    public async Task ToolCall_AfterText_LeavesTheTextAlone()
    {
        if (Lacks(ChatFeatures.Tools) || Dialect.ToolCalls(Rome) is not { } payloads)
        {
            throw Inapplicable();
        }

        var outcome = await ChatWithToolsAsync([Dialect.Text("Let me see."), .. payloads]);

        Assert.Equal("Let me see.", outcome.Text);
        AssertCalls(outcome, Rome);
    }

    [SkippableFact]
    public async Task Reasoning_InPieces_IsKeptApartFromText()
    {
        if (Dialect.Reasoning("Let me ") is not { } first || Dialect.Reasoning("think.") is not { } second)
        {
            throw Inapplicable();
        }

        var outcome = await ChatAsync(Create(Streaming([first, second, Dialect.Text("Four."), .. Dialect.Ending()])));

        Assert.Equal("Let me think.", outcome.Reasoning);
        Assert.Equal("Four.", outcome.Text);
    }

    [SkippableFact]
    public async Task Refusal_InPieces_IsKeptApartFromText()
    {
        if (Dialect.Refusal("I can") is not { } first || Dialect.Refusal("not.") is not { } second)
        {
            throw Inapplicable();
        }

        var outcome = await ChatAsync(Create(Streaming([first, second, .. Dialect.Ending()])));

        Assert.Equal("I cannot.", outcome.Refusal);
        Assert.Equal("", outcome.Text);
    }

    [SkippableFact]
    public async Task LogProbabilities_AskedFor_ComeWithTheirTokens()
    {
        if (Lacks(ChatFeatures.LogProbabilities) || Dialect.LogProbability("Hi", -0.25, ("Hi", -0.25), ("Yo", -2)) is not { } payload)
        {
            throw Inapplicable();
        }

        var options = new BackendCallOptions { LogProbabilities = true, TopLogProbabilities = 2 };
        var outcome = await ChatAsync(Create(Streaming([payload, .. Dialect.Ending()])), options);

        var token = Assert.Single(outcome.LogProbabilities, token => token.Token == "Hi");
        Assert.Equal(-0.25, token.LogProbability, 6);
        Assert.Equal([("Hi", -0.25), ("Yo", -2)], token.Top.Select(top => (top.Token, Math.Round(top.LogProbability, 6))));
        Assert.Equal("Hi", outcome.Text);
    }

    [SkippableFact]
    public async Task Choices_Interleaved_AreToldApart()
    {
        if (Lacks(ChatFeatures.Choices))
        {
            throw Inapplicable();
        }

        var backend = Create(Streaming(
        [
            Dialect.Text("a", 0), Dialect.Text("x", 1), Dialect.Text("y", 1), Dialect.Text("b", 0),
            Dialect.Finish(ChatFinishReason.Length, 1), .. Dialect.Ending(),
        ]));

        var outcome = await ChatAsync(backend, new BackendCallOptions { Choices = 2 });

        Assert.Equal(("ab", "xy"), (outcome.TextOf(0), outcome.TextOf(1)));
        Assert.Equal((ChatFinishReason.Stop, ChatFinishReason.Length), (outcome.FinishReasons[0], outcome.FinishReasons[1]));
    }

    // Whoever has it not must not claim it: the host then refuses the request in its stead.
    private bool Lacks(ChatFeatures feature)
    {
        if (Expected(feature) is not null)
        {
            return false;
        }

        Assert.False(Create(new Uri("http://nobody.invalid")).Features.HasFlag(feature), $"{feature} is claimed, and the dialect has no place for it");
        return true;
    }

    private Task<ChatOutcome> ChatWithToolsAsync(IReadOnlyList<string> payloads)
    {
        var reason = Dialect.FinishReasons.Contains(ChatFinishReason.ToolCalls) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;
        return ChatAsync(Create(Streaming([.. payloads, .. Dialect.Ending(reason)])), SampleRequests.For(ChatFeatures.Tools).Options);
    }

    private void AssertCalls(ChatOutcome outcome, params ScriptedToolCall[] expected)
    {
        Assert.Equal(expected.Select(call => call.Name), outcome.ToolCalls.Select(call => call.Name));
        Assert.All(expected.Zip(outcome.ToolCalls), pair => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pair.First.Arguments), JsonNode.Parse(pair.Second.Arguments))));
        Assert.Equal(expected.Length, outcome.ToolCalls.Select(call => call.Id).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Count());
        if (Dialect.HasToolCallIds)
        {
            Assert.Equal(expected.Select(call => call.Id), outcome.ToolCalls.Select(call => call.Id));
        }
    }
}
