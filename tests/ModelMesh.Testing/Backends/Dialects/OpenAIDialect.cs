using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>Chat completions as OpenAI and the many that follow it stream them.</summary>
public class OpenAIDialect : UpstreamDialect
{
    /// <summary>How the request calls its bound on tokens.</summary>
    public string MaxTokensField { get; init; } = "max_tokens";

    public override string BasePath => "/v1";

    public override string ChatPath => "/v1/chat/completions";

    public override string? EmbeddingsPath => "/v1/embeddings";

    public override UpstreamFraming Framing => UpstreamFraming.ServerSentEvents;

    public override string? EndMark => "[DONE]";

    public override string? Usage => Write(Envelope("chat.completion.chunk", [], UsageNode));

    public override bool HasErrorCodes => true;

    public override IReadOnlyList<ChatFinishReason> FinishReasons =>
        [ChatFinishReason.Stop, ChatFinishReason.Length, ChatFinishReason.ContentFilter, ChatFinishReason.ToolCalls];

    public override IReadOnlyList<string> Curiosities =>
    [
        Chunk(0, new() { ["role"] = "assistant", ["content"] = null }),
        Write(Envelope("chat.completion.chunk", [])),
        Chunk(0, []),
        "",
        """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","nonsense":{"deep":[1,{"a":null}]},"choices":[{"index":0,"unheard_of":true,"delta":{"content":"","annotations":[]},"finish_reason":null}]}""",
    ];

    public override IReadOnlyList<(string Payload, BackendErrorKind Kind)> StreamErrors =>
    [
        (Error("the engine died"), BackendErrorKind.Upstream),
        ("""{"error":{"message":"slow down","type":"TooManyRequests","param":null,"code":429}}""", BackendErrorKind.RateLimited),
        ("""{"error":{"message":"no slot is free","type":"unavailable_error","code":503}}""", BackendErrorKind.Unavailable),
        ("""{"error":{"message":"too long","type":"invalid_request_error","param":"messages","code":400}}""", BackendErrorKind.InvalidRequest),
        ("""{"error":"the engine died"}""", BackendErrorKind.Upstream),
    ];

    protected static JsonObject UsageNode => new()
    {
        ["prompt_tokens"] = InputTokens,
        ["completion_tokens"] = OutputTokens,
        ["total_tokens"] = InputTokens + OutputTokens,
    };

    public override string Text(string text, int choice = 0) => Chunk(choice, new() { ["content"] = text });

    public override string? Reasoning(string text) => Chunk(0, new() { ["reasoning_content"] = text });

    public override string? Refusal(string text) => Chunk(0, new() { ["refusal"] = text });

    public override string Finish(ChatFinishReason reason, int choice = 0) => Chunk(choice, [], reason.Value);

    public override string? LogProbability(string token, double logProbability, params (string Token, double LogProbability)[] top)
    {
        var choice = Choice(0, new() { ["content"] = token });
        var entry = Probability(token, logProbability);
        entry["top_logprobs"] = new JsonArray([.. top.Select(other => Probability(other.Token, other.LogProbability))]);
        choice["logprobs"] = new JsonObject { ["content"] = new JsonArray(entry), ["refusal"] = null };
        return Write(Envelope("chat.completion.chunk", [choice]));
    }

    public override IReadOnlyList<string>? ToolCalls(params ScriptedToolCall[] calls) =>
    [
        .. calls.Select((call, index) => ToolPiece(index, call, "")),
        .. Enumerable.Range(0, calls.Max(call => call.Pieces.Length)).SelectMany(round => calls
            .Index().Where(call => round < call.Item.Pieces.Length).Select(call => ToolPiece(call.Index, null, call.Item.Pieces[round]))),
    ];

    public override string Error(string message, string? code = null) =>
        Write(new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "error", ["param"] = null, ["code"] = code } });

    public override string Whole(string text)
    {
        var choice = new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
            ["finish_reason"] = "stop",
        };
        return Write(Envelope("chat.completion", [choice], UsageNode));
    }

    public override string? Embeddings(UpstreamRequest request, IReadOnlyList<float[]> vectors)
    {
        var asText = (string?)request.Json["encoding_format"] == "base64";
        var data = vectors.Select((vector, index) => (JsonNode)new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = index,
            ["embedding"] = asText ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)) : new JsonArray([.. vector.Select(value => JsonValue.Create(value))]),
        });
        return Write(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. data.Reverse()]),
            ["model"] = Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = InputTokens, ["total_tokens"] = InputTokens },
        });
    }

    public override JsonObject? Expected(ChatFeatures feature) => OpenAIRequests.For(feature, MaxTokensField);

    public override JsonObject Normalize(JsonObject body)
    {
        foreach (var message in body["messages"]!.AsArray().OfType<JsonObject>())
        {
            if (message["content"] is JsonArray { Count: 1 } parts && (string?)parts[0]!["type"] == "text")
            {
                message["content"] = (string?)parts[0]!["text"];
            }
        }

        return body;
    }

    public override string? Auxiliary(UpstreamRequest request) => request.Path switch
    {
        "/v1/models" => $$"""{"object":"list","data":[{"id":"{{Model}}","object":"model","created":1,"owned_by":"me"}]}""",
        $"/v1/models/{Model}" => $$"""{"id":"{{Model}}","object":"model","created":1,"owned_by":"me"}""",
        "/health" or "/v1/health" => """{"status":"ok"}""",
        "/version" => """{"version":"1"}""",
        "/props" => """{"total_slots":4,"model_path":"m.gguf","default_generation_settings":{"n_ctx":4096}}""",
        "/slots" => "[]",
        "/metrics" or "/load" => "",
        _ => null,
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

    protected static JsonObject Choice(int choice, JsonObject delta, string? finishReason = null) =>
        new() { ["index"] = choice, ["delta"] = delta, ["finish_reason"] = finishReason };

    protected static string Chunk(int choice, JsonObject delta, string? finishReason = null) =>
        Write(Envelope("chat.completion.chunk", [Choice(choice, delta, finishReason)]));

    private static JsonObject Probability(string token, double logProbability) =>
        new() { ["token"] = token, ["logprob"] = logProbability, ["bytes"] = new JsonArray([.. System.Text.Encoding.UTF8.GetBytes(token).Select(value => JsonValue.Create((int)value))]) };

    private static string ToolPiece(int index, ScriptedToolCall? first, string arguments)
    {
        var call = new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = arguments } };
        if (first is not null)
        {
            call["id"] = first.Id;
            call["type"] = "function";
            call["function"]!["name"] = first.Name;
        }

        return Chunk(0, new() { ["tool_calls"] = new JsonArray(call) });
    }
}
