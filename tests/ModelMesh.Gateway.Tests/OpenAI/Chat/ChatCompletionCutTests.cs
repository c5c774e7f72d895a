using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI.Chat;

/// <summary>A streamed chat completion that breaks looks like a whole one to no client, also to one that looks for choices alone.</summary>
public sealed class ChatCompletionCutTests
{
    [Fact]
    public async Task Stream_ThatBreaks_EndsWithAnErrorThatHasNoChoicesToReadAndNoDone()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        using var response = await gateway.Client.PostAsJsonAsync(
            new Uri("/v1/chat/completions", UriKind.Relative),
            new { model = "chat", stream = true, messages = new[] { new { role = "user", content = "hi" } } });

        var last = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith("data: {\"error\":{", last, StringComparison.Ordinal);
        var chunk = JsonNode.Parse(last["data: ".Length..])!.AsObject();
        Assert.True(chunk.TryGetPropertyValue("choices", out var choices));
        Assert.Null(choices);
    }
}
