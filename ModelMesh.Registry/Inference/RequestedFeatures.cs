using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Inference;

/// <summary>What a request asks of a backend, with the fields that do.</summary>
internal static class RequestedFeatures
{
    public static IEnumerable<(ChatFeatures Feature, string Field)> Of(InferenceRequest request) =>
        OfOptions(request.Options).Concat(request.Messages.SelectMany((message, index) => OfMessage(message, $"messages[{index}]")));

    /// <summary>What one message asks for.</summary>
    public static ChatFeatures Of(ChatMessage message) => OfMessage(message, "").Aggregate(ChatFeatures.None, (all, asked) => all | asked.Feature);

    private static IEnumerable<(ChatFeatures Feature, string Field)> OfOptions(BackendCallOptions options)
    {
        (bool Asked, ChatFeatures Feature, string Field)[] fields =
        [
            (options.ModelId is not null, ChatFeatures.Adapters, "model"),
            (options.Temperature is not null, ChatFeatures.Temperature, "temperature"),
            (options.TopP is not null, ChatFeatures.TopP, "top_p"),
            (options.TopK is not null, ChatFeatures.TopK, "top_k"),
            (options.MaxOutputTokens is not null, ChatFeatures.MaxTokens, "max_tokens"),
            (options.Seed is not null, ChatFeatures.Seed, "seed"),
            (options.PresencePenalty is not null, ChatFeatures.PresencePenalty, "presence_penalty"),
            (options.FrequencyPenalty is not null, ChatFeatures.FrequencyPenalty, "frequency_penalty"),
            (options.StopSequences is { Count: > 0 }, ChatFeatures.Stop, "stop"),
            (options.Tools is { Count: > 0 }, ChatFeatures.Tools, "tools"),
            (options.ToolMode is not (null or AutoChatToolMode), ChatFeatures.ToolChoice, "tool_choice"),
            (options.AllowMultipleToolCalls is not null, ChatFeatures.ParallelToolCalls, "parallel_tool_calls"),
            (options.ResponseFormat is ChatResponseFormatJson { Schema: null }, ChatFeatures.JsonMode, "response_format"),
            (options.ResponseFormat is ChatResponseFormatJson { Schema: not null }, ChatFeatures.JsonSchema, "response_format"),
            (options.LogProbabilities, ChatFeatures.LogProbabilities, "logprobs"),
            (options.Choices > 1, ChatFeatures.Choices, "n"),
            (options.Reasoning is not null, ChatFeatures.ReasoningEffort, "reasoning_effort"),
            (options.AdditionalProperties is { Count: > 0 }, ChatFeatures.Extra, "extra"),
        ];
        return fields.Where(field => field.Asked).Select(field => (field.Feature, field.Field)).Concat(OfTools(options));
    }

    private static IEnumerable<(ChatFeatures Feature, string Field)> OfTools(BackendCallOptions options) => (options.Tools ?? []).Index()
        .Where(tool => tool.Item is ToolDeclaration { Strict: true })
        .Select(tool => (ChatFeatures.StrictTools, $"tools[{tool.Index}].function.strict"));

    private static IEnumerable<(ChatFeatures Feature, string Field)> OfMessage(ChatMessage message, string path)
    {
        if (message.AuthorName is not null)
        {
            yield return (ChatFeatures.Names, $"{path}.name");
        }

        if (message.Role == ChatRole.Tool)
        {
            yield return (ChatFeatures.Tools, $"{path}.role");
        }

        if (message.Contents.OfType<FunctionCallContent>().Any())
        {
            yield return (ChatFeatures.Tools, $"{path}.tool_calls");
        }

        if (message.Contents.OfType<TextReasoningContent>().Any())
        {
            yield return (ChatFeatures.ReasoningMessages, $"{path}.reasoning");
        }

        foreach (var field in message.AdditionalProperties?.Keys ?? [])
        {
            yield return (ChatFeatures.MessageExtra, $"{path}.{field}");
        }

        foreach (var (index, content) in message.Contents.Index())
        {
            if (content is UriContent or DataContent)
            {
                yield return (content is UriContent ? ChatFeatures.ImageUrls : ChatFeatures.ImageData, $"{path}.content[{index}]");
                if (content.AdditionalProperties?.GetValueOrDefault("detail") is string and not "auto")
                {
                    yield return (ChatFeatures.ImageDetail, $"{path}.content[{index}].image_url.detail");
                }
            }
        }
    }
}
