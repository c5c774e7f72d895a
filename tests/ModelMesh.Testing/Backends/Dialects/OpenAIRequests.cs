using System.Text.Json.Nodes;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Testing.Backends;

/// <summary>The wire form of <see cref="SampleRequests"/> in the OpenAI dialect.</summary>
internal static class OpenAIRequests
{
    private const string Function =
        """{"type":"function","function":{"name":"get_weather","description":"Tells the weather.","parameters":""" + SampleRequests.ToolSchema + "}}";

    private const string Call =
        """{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\"}"}}""";

    public static JsonObject? For(ChatFeatures feature, string maxTokensField) => Text(feature, maxTokensField) is { } text ? JsonNode.Parse(text)!.AsObject() : null;

    private static string? Text(ChatFeatures feature, string maxTokensField) => feature switch
    {
        ChatFeatures.None => $$"""
            {"model":"{{UpstreamDialect.Model}}","stream":true,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hello"},
            {"role":"assistant","content":"Hi."},{"role":"user","content":"What is \"2+2\"?\n"}]}
            """,
        ChatFeatures.Temperature => """{"temperature":0.25}""",
        ChatFeatures.TopP => """{"top_p":0.5}""",
        ChatFeatures.TopK => """{"top_k":40}""",
        ChatFeatures.MaxTokens => $$"""{"{{maxTokensField}}":17}""",
        ChatFeatures.Seed => """{"seed":42}""",
        ChatFeatures.PresencePenalty => """{"presence_penalty":0.5}""",
        ChatFeatures.FrequencyPenalty => """{"frequency_penalty":-0.5}""",
        ChatFeatures.Stop => """{"stop":["END","###"]}""",
        ChatFeatures.Tools => $$"""
            {"tools":[{{Function}}],"messages":[{"role":"user","content":"hello"},{"role":"assistant","tool_calls":[{{Call}}]},
            {"role":"tool","tool_call_id":"call_1","content":"12 °C"}]}
            """,
        ChatFeatures.ToolChoice => $$"""{"tools":[{{Function}}],"tool_choice":{"type":"function","function":{"name":"get_weather"} } }""",
        ChatFeatures.ParallelToolCalls => $$"""{"tools":[{{Function}}],"parallel_tool_calls":false}""",
        ChatFeatures.JsonMode => """{"response_format":{"type":"json_object"}}""",
        ChatFeatures.JsonSchema => $$$"""
            {"response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{{{SampleRequests.AnswerSchema}}} } } }
            """,
        ChatFeatures.ImageUrls => WithImage(SampleRequests.ImageUrl),
        ChatFeatures.ImageData => WithImage($"data:image/png;base64,{SampleRequests.ImageBase64}"),
        ChatFeatures.ImageDetail => WithImage(SampleRequests.ImageUrl, """ ,"detail":"low" """),
        ChatFeatures.ReasoningMessages => """{"messages":[{"role":"user","content":"hello"},{"role":"assistant","content":"Hi.","reasoning_content":"hm"}]}""",
        ChatFeatures.LogProbabilities => """{"logprobs":true,"top_logprobs":2}""",
        ChatFeatures.Choices => """{"n":2}""",
        ChatFeatures.ReasoningEffort => """{"reasoning_effort":"high"}""",
        ChatFeatures.Names => """{"messages":[{"role":"user","content":"hello","name":"ada"}]}""",
        ChatFeatures.Extra => """{"custom_field":{"a":1}}""",
        ChatFeatures.Adapters => $$"""{"model":"{{SampleRequests.Adapter}}"}""",
        ChatFeatures.StrictTools => $$"""{"tools":[{"type":"function","function":{"name":"get_weather","strict":true} }]}""",
        ChatFeatures.MessageExtra => """{"messages":[{"role":"user","content":"hello","custom_mark":{"a":[1,null]}}]}""",
        _ => null,
    };

    private static string WithImage(string url, string more = "") => $$$"""
        {"messages":[{"role":"user","content":[{"type":"text","text":"hello"},{"type":"image_url","image_url":{"url":"{{{url}}}"{{{more}}} }}]}]}
        """;
}
