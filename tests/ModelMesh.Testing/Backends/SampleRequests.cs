using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>A request for each feature, which <see cref="UpstreamDialect.Expected"/> says the wire form of.</summary>
public static class SampleRequests
{
    /// <summary>An image's address.</summary>
    public const string ImageUrl = "https://images.invalid/cat.png";

    /// <summary>An image in base64.</summary>
    public const string ImageBase64 = "iVBORw0KGgo=";

    /// <summary>An adapter of the model.</summary>
    public const string Adapter = "adapter-1";

    /// <summary>A tool's parameters.</summary>
    public const string ToolSchema = """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""";

    /// <summary>An answer's JSON schema.</summary>
    public const string AnswerSchema = """{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}""";

    /// <summary>The tool's arguments in a call.</summary>
    public const string ToolArgumentsText = """{"city":"Oslo"}""";

    private static IReadOnlyList<ChatMessage> Hello => [new(ChatRole.User, "hello")];

    private static IList<AITool> Tools => [new ToolDeclaration("get_weather", "Tells the weather.", Json(ToolSchema))];

    /// <summary>The request that uses a feature, and as little else as can be; without a feature, a conversation of every plain role.</summary>
    public static (IReadOnlyList<ChatMessage> Messages, BackendCallOptions Options) For(ChatFeatures feature) => feature switch
    {
        ChatFeatures.None => (Conversation(), new()),
        ChatFeatures.Temperature => (Hello, new() { Temperature = 0.25f }),
        ChatFeatures.TopP => (Hello, new() { TopP = 0.5f }),
        ChatFeatures.TopK => (Hello, new() { TopK = 40 }),
        ChatFeatures.MaxTokens => (Hello, new() { MaxOutputTokens = 17 }),
        ChatFeatures.Seed => (Hello, new() { Seed = 42 }),
        ChatFeatures.PresencePenalty => (Hello, new() { PresencePenalty = 0.5f }),
        ChatFeatures.FrequencyPenalty => (Hello, new() { FrequencyPenalty = -0.5f }),
        ChatFeatures.Stop => (Hello, new() { StopSequences = ["END", "###"] }),
        ChatFeatures.Tools => (ToolConversation(), new() { Tools = Tools }),
        ChatFeatures.ToolChoice => (Hello, new() { Tools = Tools, ToolMode = ChatToolMode.RequireSpecific("get_weather") }),
        ChatFeatures.ParallelToolCalls => (Hello, new() { Tools = Tools, AllowMultipleToolCalls = false }),
        ChatFeatures.JsonMode => (Hello, new() { ResponseFormat = ChatResponseFormat.Json }),
        ChatFeatures.JsonSchema => (Hello, new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(Json(AnswerSchema), "answer", "An answer."), StrictJsonSchema = true }),
        ChatFeatures.ImageUrls => (WithImage(new UriContent(ImageUrl, "image/png")), new()),
        ChatFeatures.ImageData => (WithImage(new DataContent(Convert.FromBase64String(ImageBase64), "image/png")), new()),
        ChatFeatures.ImageDetail => (WithImage(new UriContent(ImageUrl, "image/png"), "low"), new()),
        ChatFeatures.ReasoningMessages => ([new(ChatRole.User, "hello"), new(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("Hi.")])], new()),
        ChatFeatures.LogProbabilities => (Hello, new() { LogProbabilities = true, TopLogProbabilities = 2 }),
        ChatFeatures.Choices => (Hello, new() { Choices = 2 }),
        ChatFeatures.ReasoningEffort => (Hello, new() { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } }),
        ChatFeatures.Names => ([new(ChatRole.User, "hello") { AuthorName = "ada" }], new()),
        ChatFeatures.Extra => (Hello, new() { AdditionalProperties = new() { ["custom_field"] = Json("""{"a":1}""") } }),
        ChatFeatures.Adapters => (Hello, new() { ModelId = Adapter }),
        ChatFeatures.StrictTools => (Hello, new() { Tools = [new ToolDeclaration("get_weather", "Tells the weather.", Json(ToolSchema), strict: true)] }),
        ChatFeatures.MessageExtra => ([new(ChatRole.User, "hello") { AdditionalProperties = new() { ["custom_mark"] = Json("""{"a":[1,null]}"""), ["role"] = Json("\"king\"") } }], new()),
        _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "no sample"),
    };

    private static IReadOnlyList<ChatMessage> Conversation() =>
    [
        new(ChatRole.System, "Be brief."),
        new(ChatRole.User, "hello"),
        new(ChatRole.Assistant, "Hi."),
        new(ChatRole.User, "What is \"2+2\"?\n"),
    ];

    private static IReadOnlyList<ChatMessage> ToolConversation() =>
    [
        new(ChatRole.User, "hello"),
        new(ChatRole.Assistant, [ToolArguments.ToCall("call_1", "get_weather", ToolArgumentsText)]),
        new(ChatRole.Tool, [new FunctionResultContent("call_1", "12 °C")]),
    ];

    private static IReadOnlyList<ChatMessage> WithImage(AIContent image, string? detail = null)
    {
        image.AdditionalProperties = detail is null ? null : new() { ["detail"] = detail };
        return [new(ChatRole.User, [new TextContent("hello"), image])];
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
