using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>
/// How an upstream speaks: what the conformance suite asks it to say, in its own words. Members that give a chunk give its payload without framing,
/// and null where the dialect has no such thing. Stateless.
/// </summary>
public abstract class UpstreamDialect
{
    /// <summary>The usage that every answer ends with.</summary>
    public const int InputTokens = 11;

    /// <inheritdoc cref="InputTokens"/>
    public const int OutputTokens = 7;

    /// <summary>The upstream's name of the model.</summary>
    public const string Model = "upstream-model";

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What follows host and port in a model's <c>endpoint</c>.</summary>
    public virtual string BasePath => "";

    /// <summary>Where chats are posted.</summary>
    public abstract string ChatPath { get; }

    /// <summary>Where embeddings are posted.</summary>
    public virtual string? EmbeddingsPath => null;

    /// <summary>How chunks are separated.</summary>
    public abstract UpstreamFraming Framing { get; }

    /// <summary>The content type of a stream.</summary>
    public string StreamType => Framing == UpstreamFraming.ServerSentEvents ? "text/event-stream" : "application/x-ndjson";

    /// <summary>The last payload of a stream, where the finish reason is not the end by itself.</summary>
    public virtual string? EndMark => null;

    /// <summary>A payload that tells the usage, where the finish does not.</summary>
    public virtual string? Usage => null;

    /// <summary>Whether an error's <c>code</c> travels: <c>content_filter</c>, <c>model_not_found</c>.</summary>
    public virtual bool HasErrorCodes => false;

    /// <summary>Whether a tool call's id is the upstream's own, and not made up by the plugin.</summary>
    public virtual bool HasToolCallIds => true;

    /// <summary>Whether a tool call comes in pieces.</summary>
    public virtual bool HasToolCallPieces => true;

    /// <summary>Where a request names the upstream's model; null when it does not.</summary>
    public virtual string? ModelField => "model";

    /// <summary>The finish reasons that the upstream knows.</summary>
    public virtual IReadOnlyList<ChatFinishReason> FinishReasons => [ChatFinishReason.Stop, ChatFinishReason.Length];

    /// <summary>The model's <c>backend</c> object.</summary>
    public virtual JsonObject Settings(Uri upstream, string? apiKey) => apiKey is null
        ? new() { ["endpoint"] = new Uri(upstream, BasePath).ToString(), ["model"] = Model }
        : new() { ["endpoint"] = new Uri(upstream, BasePath).ToString(), ["model"] = Model, ["api_key"] = apiKey };

    /// <summary>A chunk of text of one of the answers.</summary>
    public abstract string Text(string text, int choice = 0);

    /// <summary>The finish of one of the answers.</summary>
    public abstract string Finish(ChatFinishReason reason, int choice = 0);

    /// <summary>Every payload from the finish to the end.</summary>
    public IReadOnlyList<string> Ending(ChatFinishReason? reason = null) =>
        [.. new[] { Finish(reason ?? ChatFinishReason.Stop), Usage, EndMark }.OfType<string>()];

    /// <summary>A chunk of reasoning.</summary>
    public virtual string? Reasoning(string text) => null;

    /// <summary>A chunk of a refusal.</summary>
    public virtual string? Refusal(string text) => null;

    /// <summary>A chunk of one token's text with its log probability and the likeliest tokens at its place.</summary>
    public virtual string? LogProbability(string token, double logProbability, params (string Token, double LogProbability)[] top) => null;

    /// <summary>The calls, in as many pieces as the upstream makes of them, interleaved where it can.</summary>
    public virtual IReadOnlyList<string>? ToolCalls(params ScriptedToolCall[] calls) => null;

    /// <summary>Chunks that carry nothing, or fields that nobody knows, and are to be read as if they were not there.</summary>
    public virtual IReadOnlyList<string> Curiosities => [];

    /// <summary>The body of an error.</summary>
    public abstract string Error(string message, string? code = null);

    /// <summary>Errors in a stream, and what they mean.</summary>
    public virtual IReadOnlyList<(string Payload, BackendErrorKind Kind)> StreamErrors => [(Error("the engine died"), BackendErrorKind.Upstream)];

    /// <summary>A whole answer.</summary>
    public abstract string Whole(string text);

    /// <summary>A whole answer of embeddings in the format that the request asks for, out of order where the upstream numbers them.</summary>
    public virtual string? Embeddings(UpstreamRequest request, IReadOnlyList<float[]> vectors) => null;

    /// <summary>
    /// The part of the request's body that passes on a feature of <see cref="SampleRequests.For"/>: objects may hold more, arrays may not.
    /// </summary>
    public abstract JsonObject? Expected(ChatFeatures feature);

    /// <summary>A request's body with what may be written in two ways written in the one that <see cref="Expected"/> uses.</summary>
    public virtual JsonObject Normalize(JsonObject body) => body;

    /// <summary>The object in a request's body that the caller's <c>extra</c> is merged into.</summary>
    public virtual JsonObject ExtraRoot(JsonObject body) => body;

    /// <summary>The answer to a request other than chat and embeddings, as a healthy upstream gives it; null for a 404.</summary>
    public virtual string? Auxiliary(UpstreamRequest request) => null;

    /// <summary>JSON with every character as itself, so that a split can go through it.</summary>
    protected static string Write(JsonNode node) => node.ToJsonString(Unescaped);

    /// <summary>A payload in its frame.</summary>
    public string Frame(string payload, string newline = "\n") =>
        Framing == UpstreamFraming.ServerSentEvents ? $"data: {payload}{newline}{newline}" : payload + newline;
}
