using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>Ollama's own API: <c>/api/chat</c> and <c>/api/embed</c>, a JSON text a line.</summary>
public class OllamaDialect : UpstreamDialect
{
    private const string Function =
        """{"type":"function","function":{"name":"get_weather","description":"Tells the weather.","parameters":""" + SampleRequests.ToolSchema + "}}";

    public override string ChatPath => "/api/chat";

    public override string? EmbeddingsPath => "/api/embed";

    public override UpstreamFraming Framing => UpstreamFraming.JsonLines;

    public override bool HasToolCallIds => false;

    public override bool HasToolCallPieces => false;

    public override IReadOnlyList<string> Curiosities =>
    [
        """{"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":""},"done":false}""",
        """{"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"","thinking":null,"unheard_of":[1]},"done":false,"nonsense":{"a":null}}""",
        """{"model":"m","message":{"role":"assistant","content":null},"done":false}""",
    ];

    public override string Text(string text, int choice = 0) => Line(new() { ["role"] = "assistant", ["content"] = text });

    public override string? Reasoning(string text) => Line(new() { ["role"] = "assistant", ["content"] = "", ["thinking"] = text });

    public override IReadOnlyList<string>? ToolCalls(params ScriptedToolCall[] calls) =>
    [
        .. calls.Select(call => Line(new()
        {
            ["role"] = "assistant",
            ["content"] = "",
            ["tool_calls"] = new JsonArray(new JsonObject { ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = JsonNode.Parse(call.Arguments) } }),
        })),
    ];

    public override string? LogProbability(string token, double logProbability, params (string Token, double LogProbability)[] top)
    {
        var entry = Probability(token, logProbability);
        entry["top_logprobs"] = new JsonArray([.. top.Select(other => Probability(other.Token, other.LogProbability))]);
        var line = JsonNode.Parse(Text(token))!.AsObject();
        line["logprobs"] = new JsonArray(entry);
        return Write(line);
    }

    public override string Finish(ChatFinishReason reason, int choice = 0) => Line(new() { ["role"] = "assistant", ["content"] = "" }, reason.Value);

    public override string Error(string message, string? code = null) => Write(new JsonObject { ["error"] = message });

    public override string Whole(string text) => Line(new() { ["role"] = "assistant", ["content"] = text }, "stop");

    public override string? Embeddings(UpstreamRequest request, IReadOnlyList<float[]> vectors) => Write(new JsonObject
    {
        ["model"] = Model,
        ["embeddings"] = new JsonArray([.. vectors.Select(vector => new JsonArray([.. vector.Select(value => JsonValue.Create(value))]))]),
        ["total_duration"] = 14_000_000,
        ["prompt_eval_count"] = InputTokens,
    });

    public override JsonObject? Expected(ChatFeatures feature) => RequestText(feature) is { } text ? JsonNode.Parse(text)!.AsObject() : null;

    public override string? Auxiliary(UpstreamRequest request) => request.Path switch
    {
        "/" => "Ollama is running",
        "/api/version" => """{"version":"0.12.6"}""",
        "/api/tags" => $$$"""{"models":[{"name":"{{{Model}}}:latest","model":"{{{Model}}}:latest","size":1,"digest":"d","details":{"family":"llama"}}]}""",
        "/api/ps" => """{"models":[]}""",
        "/api/show" => """{"details":{"family":"llama"},"model_info":{},"capabilities":["completion","tools","vision","thinking"]}""",
        _ => null,
    };

    private static string? RequestText(ChatFeatures feature) => feature switch
    {
        ChatFeatures.None => $$"""
            {"model":"{{Model}}","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hello"},
            {"role":"assistant","content":"Hi."},{"role":"user","content":"What is \"2+2\"?\n"}]}
            """,
        ChatFeatures.Temperature => """{"options":{"temperature":0.25}}""",
        ChatFeatures.TopP => """{"options":{"top_p":0.5}}""",
        ChatFeatures.TopK => """{"options":{"top_k":40}}""",
        ChatFeatures.MaxTokens => """{"options":{"num_predict":17}}""",
        ChatFeatures.Seed => """{"options":{"seed":42}}""",
        ChatFeatures.PresencePenalty => """{"options":{"presence_penalty":0.5}}""",
        ChatFeatures.FrequencyPenalty => """{"options":{"frequency_penalty":-0.5}}""",
        ChatFeatures.Stop => """{"options":{"stop":["END","###"]}}""",
        ChatFeatures.Tools => $$$"""
            {"tools":[{{{Function}}}],"messages":[{"role":"user","content":"hello"},
            {"role":"assistant","tool_calls":[{"function":{"name":"get_weather","arguments":{{{SampleRequests.ToolArgumentsText}}} }}]},{"role":"tool","content":"12 °C"}]}
            """,
        ChatFeatures.JsonMode => """{"format":"json"}""",
        ChatFeatures.JsonSchema => $$"""{"format":{{SampleRequests.AnswerSchema}}}""",
        ChatFeatures.ImageData => $$"""{"messages":[{"role":"user","content":"hello","images":["{{SampleRequests.ImageBase64}}"]}]}""",
        ChatFeatures.LogProbabilities => """{"logprobs":true,"top_logprobs":2}""",
        ChatFeatures.ReasoningEffort => """{"think":"high"}""",
        ChatFeatures.ReasoningMessages => """{"messages":[{"role":"user","content":"hello"},{"role":"assistant","content":"Hi.","thinking":"hm"}]}""",
        ChatFeatures.Extra => """{"custom_field":{"a":1}}""",
        ChatFeatures.Adapters => $$"""{"model":"{{SampleRequests.Adapter}}"}""",
        ChatFeatures.MessageExtra => """{"messages":[{"role":"user","content":"hello","custom_mark":{"a":[1,null]}}]}""",
        _ => null,
    };

    private static JsonObject Probability(string token, double logProbability) =>
        new() { ["token"] = token, ["logprob"] = logProbability, ["bytes"] = new JsonArray([.. Encoding.UTF8.GetBytes(token).Select(value => JsonValue.Create((int)value))]) };

    private static string Line(JsonObject message, string? doneReason = null)
    {
        var line = new JsonObject { ["model"] = Model, ["created_at"] = "2026-01-01T00:00:00.123456789Z", ["message"] = message, ["done"] = doneReason is not null };
        if (doneReason is not null)
        {
            line["done_reason"] = doneReason;
            line["total_duration"] = 5_000_000;
            line["prompt_eval_count"] = InputTokens;
            line["eval_count"] = OutputTokens;
        }

        return Write(line);
    }
}
