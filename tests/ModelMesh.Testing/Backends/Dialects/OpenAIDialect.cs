using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>Chat completions as OpenAI and the many that follow it stream them.</summary>
public class OpenAIDialect : UpstreamDialect
{
    public override string BasePath => "/v1";

    public override string ChatPath => "/v1/chat/completions";

    public override string? EmbeddingsPath => "/v1/embeddings";

    public override UpstreamFraming Framing => UpstreamFraming.ServerSentEvents;

    public override string? EndMark => "[DONE]";

    public override string Text(string text, int choice = 0) => Chunk(choice, new() { ["content"] = text });

    public override string Finish(ChatFinishReason reason, int choice = 0) => Chunk(choice, [], reason.Value);

    public override string? Usage => Envelope("chat.completion.chunk", [], UsageNode).ToJsonString();

    public override string Error(string message, string? code = null) =>
        new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "error", ["param"] = null, ["code"] = code } }.ToJsonString();

    public override string Whole(string text)
    {
        var choice = new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
            ["finish_reason"] = "stop",
        };
        return Envelope("chat.completion", [choice], UsageNode).ToJsonString();
    }

    public override JsonObject? Expected(ChatFeatures feature) => feature switch
    {
        ChatFeatures.Temperature => new() { ["temperature"] = 0.25 },
        _ => null,
    };

    protected static JsonObject UsageNode => new()
    {
        ["prompt_tokens"] = InputTokens,
        ["completion_tokens"] = OutputTokens,
        ["total_tokens"] = InputTokens + OutputTokens,
    };

    protected static JsonObject Envelope(string kind, JsonArray choices, JsonObject? usage = null)
    {
        var envelope = new JsonObject { ["id"] = "chatcmpl-1", ["object"] = kind, ["created"] = 1_700_000_000, ["model"] = Model, ["choices"] = choices };
        if (usage is not null)
        {
            envelope["usage"] = usage;
        }

        return envelope;
    }

    protected static string Chunk(int choice, JsonObject delta, string? finishReason = null) =>
        Envelope("chat.completion.chunk", [new JsonObject { ["index"] = choice, ["delta"] = delta, ["finish_reason"] = finishReason }]).ToJsonString();
}
