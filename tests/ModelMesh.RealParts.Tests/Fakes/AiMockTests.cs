using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Fakes;

/// <summary>A plugin against aimock, whose faults a word in the prompt chooses. Each plugin's class inherits all of it.</summary>
[Collection(SharedAiMock.Name)]
public abstract partial class AiMockTests(SharedAiMock shared, IBackendFactory factory)
{
    /// <summary>Whether aimock counts in the API that the plugin speaks.</summary>
    private protected virtual bool CountsTokens => true;

    [OnRealPart(RealPart.AiMock)]
    public async Task Chat_Plain_IsTheFixturesTextInPieces()
    {
        await using var backend = await BackendAsync();
        var answer = await backend.ChatAsync("hello");

        Assert.Equal(AiMock.Answer, answer.Text);
        Assert.InRange(answer.Pieces.Count, 5, 20);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal(CountsTokens, answer.Usage is not null);
    }

    [OnRealPart(RealPart.AiMock)]
    public async Task Status429_BeforeTheAnswer_IsRateLimitedWithItsRetryAfter()
    {
        var (failure, _) = await FailsAsync("RATE");

        Assert.Equal((BackendErrorKind.RateLimited, TimeSpan.FromSeconds(1)), (failure.Kind, failure.RetryAfter));
        Assert.Contains("Rate limited", failure.Message, StringComparison.Ordinal);
    }

    [OnRealPart(RealPart.AiMock)]
    public async Task Status503_BeforeTheAnswer_IsUnavailable()
    {
        var (failure, _) = await FailsAsync("BOOM");

        Assert.Equal(BackendErrorKind.Unavailable, failure.Kind);
        Assert.Contains("upstream exploded", failure.Message, StringComparison.Ordinal);
    }

    [OnRealPart(RealPart.AiMock)]
    public async Task Status500_OfADroppedRequest_IsUpstream() => Assert.Equal(BackendErrorKind.Upstream, (await FailsAsync("CHAOS")).Failure.Kind);

    [OnRealPart(RealPart.AiMock)]
    public async Task Stream_CutAfterThreeChunks_IsAnErrorAfterItsText()
    {
        var (failure, before) = await FailsAsync("TRUNC");

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
        Assert.StartsWith("this str", before.Text, StringComparison.Ordinal);
        Assert.Null(before.FinishReason);
    }

    [OnRealPart(RealPart.AiMock)]
    public async Task Stream_HungUpInTheMiddle_IsAnErrorAfterItsText()
    {
        var (failure, before) = await FailsAsync("HANGUP");

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
        Assert.StartsWith("this str", before.Text, StringComparison.Ordinal);
        Assert.Null(before.FinishReason);
    }

    [OnRealPart(RealPart.AiMock)]
    public async Task Stream_SlowToStart_ComesWhole()
    {
        await using var backend = await BackendAsync();
        var answer = await backend.ChatAsync("SLOW");

        Assert.Equal("A slow profile stream with a time to first token and a steady token rate and jitter.", answer.Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [OnRealPart(RealPart.AiMock)]
    public async Task Tool_CalledAndAnswered_GoesThereAndBack()
    {
        await using var backend = await BackendAsync();
        var tools = SampleRequests.For(ChatFeatures.Tools).Options.Tools;
        var first = await backend.ChatAsync("TOOL", new() { Tools = tools });
        var call = Assert.Single(first.ToolCalls);
        Assert.Equal(("get_weather", """{"city":"SF"}"""), (call.Name, call.Arguments));
        Assert.NotEmpty(call.Id);
        Assert.Equal(ChatFinishReason.ToolCalls, first.FinishReason);

        var second = new ChatOutcome();
        await backend.ChatAsync(
            [
                new(ChatRole.User, "TOOL"),
                new(ChatRole.Assistant, [ToolArguments.ToCall(call.Id, call.Name, call.Arguments)]),
                new(ChatRole.Tool, [new FunctionResultContent(call.Id, "12 °C")]),
                new(ChatRole.User, "and now?"),
            ],
            second,
            new() { Tools = tools });
        Assert.Equal(AiMock.Answer, second.Text);
    }

    private protected virtual Uri EndpointOf(AiMock server) => server.V1;

    private protected async Task<RealBackend> BackendAsync() => Over(await shared.Server);

    private protected RealBackend Over(AiMock server) => RealBackend.Create(factory, EndpointOf(server), AiMock.Model);

    private async Task<(BackendException Failure, ChatOutcome Before)> FailsAsync(string prompt)
    {
        await using var backend = await BackendAsync();
        var before = new ChatOutcome();
        return (await Assert.ThrowsAsync<BackendException>(() => backend.ChatAsync([new(ChatRole.User, prompt)], before)), before);
    }
}
