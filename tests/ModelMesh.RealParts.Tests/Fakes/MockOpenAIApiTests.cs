using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Fakes;

/// <summary>A plugin of the OpenAI wire format against mock-openai-api: a second opinion of that format.</summary>
[Collection(SharedMockOpenAIApi.Name)]
public abstract class MockOpenAIApiTests(SharedMockOpenAIApi shared, IBackendFactory factory)
{
    [OnRealPart(RealPart.MockOpenAIApi)]
    public async Task Chat_LongText_ComesWholeWithItsUsage()
    {
        await using var backend = await BackendAsync("mock-gpt-thinking");
        var answer = await backend.ChatAsync("help");

        Assert.StartsWith("# Mock GPT Thinking Mode Available Test Cases\n\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\n\n---\n\n💡 **Usage Tips:**\n", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("- Enter specific prompt words for intelligent matching", answer.Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.InRange(answer.Usage?.OutputTokenCount ?? 0, 100, 10_000);
    }

    [OnRealPart(RealPart.MockOpenAIApi)]
    public async Task Chat_Thinking_KeepsTheReasoningApartFromTheAnswer()
    {
        await using var backend = await BackendAsync("mock-gpt-thinking");
        var answer = await backend.ChatAsync("hi");

        Assert.StartsWith("We are having a conversation with the user", answer.Reasoning, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Text);
        Assert.DoesNotContain("We are having a conversation", answer.Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [OnRealPart(RealPart.MockOpenAIApi)]
    public async Task Chat_WithATool_CallsIt()
    {
        await using var backend = await BackendAsync("gpt-4-mock");
        var answer = await backend.ChatAsync("hi", new() { Tools = SampleRequests.For(ChatFeatures.Tools).Options.Tools });

        var call = Assert.Single(answer.ToolCalls);
        Assert.NotEmpty(call.Id);
        Assert.NotEmpty(call.Name);
        Assert.Equal("{}", call.Arguments);
        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
    }

    // Its error comes with the status 200, as an event of the stream.
    [OnRealPart(RealPart.MockOpenAIApi)]
    public async Task Model_Unknown_IsAnErrorThoughTheStatusIs200()
    {
        await using var backend = await BackendAsync("nope");
        var failure = await Assert.ThrowsAsync<BackendException>(() => backend.ChatAsync("hi"));

        Assert.Contains(failure.Kind, (BackendErrorKind[])[BackendErrorKind.NotFound, BackendErrorKind.InvalidRequest]);
        Assert.Contains("Model 'nope' does not exist", failure.Message, StringComparison.Ordinal);
    }

    [OnRealPart(RealPart.MockOpenAIApi)]
    public async Task Health_OfAModelItHas_IsHealthy()
    {
        await using var backend = await BackendAsync("gpt-4-mock");
        Assert.Equal(BackendHealthState.Healthy, (await backend.HealthAsync()).State);
    }

    private async Task<RealBackend> BackendAsync(string model) => RealBackend.Create(factory, (await shared.Server).V1, model);
}
