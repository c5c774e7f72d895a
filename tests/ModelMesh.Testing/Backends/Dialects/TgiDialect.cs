using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>Text Generation Inference's own API: <c>/chat_tokenize</c> makes the prompt, <c>/generate_stream</c> streams tokens.</summary>
public class TgiDialect : UpstreamDialect
{
    public override string ChatPath => "/generate_stream";

    public override UpstreamFraming Framing => UpstreamFraming.ServerSentEvents;

    public override string? ModelField => null;

    public override IReadOnlyList<string> Curiosities =>
    [
        """{"index":1,"token":{"id":1,"text":"","logprob":null,"special":false},"generated_text":null,"details":null}""",
        """{"index":2,"token":{"id":2,"text":"<s>","logprob":-0.1,"special":true},"top_tokens":[],"generated_text":null,"details":null,"nonsense":{"a":[null]}}""",
    ];

    public override string Text(string text, int choice = 0) => Event(text);

    public override string? LogProbability(string token, double logProbability, params (string Token, double LogProbability)[] top) => Event(token, logProbability, top: top);

    public override string Finish(ChatFinishReason reason, int choice = 0) => Event("</s>", -0.1, special: true, details: new()
    {
        ["finish_reason"] = reason == ChatFinishReason.Length ? "length" : "eos_token",
        ["generated_tokens"] = OutputTokens,
        ["input_length"] = InputTokens,
        ["seed"] = null,
    });

    public override string Error(string message, string? code = null) => Write(new JsonObject { ["error"] = message, ["error_type"] = code ?? "generation" });

    public override string Whole(string text) => Write(new JsonObject
    {
        ["generated_text"] = text,
        ["details"] = new JsonObject
        {
            ["finish_reason"] = "eos_token",
            ["generated_tokens"] = OutputTokens,
            ["input_length"] = InputTokens,
            ["seed"] = null,
            ["prefill"] = new JsonArray(),
            ["tokens"] = new JsonArray(),
        },
    });

    public override JsonObject? Expected(ChatFeatures feature) => RequestText(feature) is { } text ? JsonNode.Parse(text)!.AsObject() : null;

    public override string? Auxiliary(UpstreamRequest request) => request.Path switch
    {
        "/chat_tokenize" => Write(new JsonObject { ["tokenize_response"] = new JsonArray(), ["templated_text"] = Templated(request.Json) }),
        "/health" => "",
        "/info" => $$"""{"model_id":"{{Model}}","max_input_tokens":4096,"max_total_tokens":8192,"version":"3.3.0","router":"text-generation-router"}""",
        "/metrics" => "",
        _ => null,
    };

    // As the chat templates of models with eyes do: an image is Markdown in the prompt.
    private static string Templated(JsonObject body) => "TEMPLATED:" + body["messages"]!.AsArray()[^1]!["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part!["type"] == "text" ? (string?)part["text"] : $"![]({(string?)part["image_url"]!["url"]})")),
        { } content => (string?)content,
        null => "",
    };

    private static string? RequestText(ChatFeatures feature) => feature switch
    {
        ChatFeatures.None => """{"inputs":"TEMPLATED:What is \"2+2\"?\n"}""",
        ChatFeatures.Temperature => """{"parameters":{"temperature":0.25}}""",
        ChatFeatures.TopP => """{"parameters":{"top_p":0.5}}""",
        ChatFeatures.TopK => """{"parameters":{"top_k":40}}""",
        ChatFeatures.MaxTokens => """{"parameters":{"max_new_tokens":17}}""",
        ChatFeatures.Seed => """{"parameters":{"seed":42}}""",
        ChatFeatures.FrequencyPenalty => """{"parameters":{"frequency_penalty":-0.5}}""",
        ChatFeatures.Stop => """{"parameters":{"stop":["END","###"]}}""",
        ChatFeatures.JsonSchema => $$$"""{"parameters":{"grammar":{"type":"json","value":{{{SampleRequests.AnswerSchema}}} } } }""",
        ChatFeatures.ImageUrls => $$"""{"inputs":"TEMPLATED:hello![]({{SampleRequests.ImageUrl}})"}""",
        ChatFeatures.ImageData => $$"""{"inputs":"TEMPLATED:hello![](data:image/png;base64,{{SampleRequests.ImageBase64}})"}""",
        ChatFeatures.LogProbabilities => """{"parameters":{"top_n_tokens":2}}""",
        ChatFeatures.Extra => """{"custom_field":{"a":1}}""",
        ChatFeatures.Adapters => $$"""{"parameters":{"adapter_id":"{{SampleRequests.Adapter}}"} }""",
        _ => null,
    };

    private static string Event(
        string text, double logProbability = -0.1, bool special = false, JsonObject? details = null, params (string Token, double LogProbability)[] top)
    {
        var chunk = new JsonObject { ["index"] = 1, ["token"] = Token(text, logProbability, special) };
        if (top.Length > 0)
        {
            chunk["top_tokens"] = new JsonArray([.. top.Select(other => Token(other.Token, other.LogProbability, false))]);
        }

        chunk["generated_text"] = details is null ? null : "the whole text again";
        chunk["details"] = details;
        return Write(chunk);
    }

    private static JsonObject Token(string text, double logProbability, bool special) =>
        new() { ["id"] = 1, ["text"] = text, ["logprob"] = logProbability, ["special"] = special };
}
