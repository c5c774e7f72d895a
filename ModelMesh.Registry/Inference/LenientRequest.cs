using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Inference;

/// <summary>What goes to a backend of a request whose client sends more than the backend takes.</summary>
internal static class LenientRequest
{
    private const ChatFeatures Optional =
        ChatFeatures.Extra | ChatFeatures.ReasoningEffort | ChatFeatures.Names | ChatFeatures.ReasoningMessages | ChatFeatures.ImageDetail | ChatFeatures.MessageExtra
        | ChatFeatures.StrictTools;

    /// <summary>
    /// What a lenient request is served without: fields of no weight, and those that say what holds without them, since there are clients that always send their
    /// defaults. Anything else would change what its answer means.
    /// </summary>
    public static ChatFeatures OptionalOf(BackendCallOptions options) => Optional
        | (options.PresencePenalty is 0 ? ChatFeatures.PresencePenalty : ChatFeatures.None)
        | (options.FrequencyPenalty is 0 ? ChatFeatures.FrequencyPenalty : ChatFeatures.None)
        | (options.AllowMultipleToolCalls is true ? ChatFeatures.ParallelToolCalls : ChatFeatures.None);

    /// <summary>The request as a backend takes it: a copy where something has to be left out, since another attempt may read the request as it came.</summary>
    public static InferenceRequest For(InferenceRequest request, ChatFeatures features)
    {
        var missing = OptionalOf(request.Options) & ~features;
        return !request.Lenient || missing == ChatFeatures.None ? request : request with
        {
            Options = Without(request.Options, missing),
            Messages = [.. request.Messages.Select(message => Without(message, missing))],
        };
    }

    private static BackendCallOptions Without(BackendCallOptions options, ChatFeatures missing)
    {
        var kept = (BackendCallOptions)options.Clone();
        kept.AdditionalProperties = missing.HasFlag(ChatFeatures.Extra) ? null : kept.AdditionalProperties;
        kept.Reasoning = missing.HasFlag(ChatFeatures.ReasoningEffort) ? null : kept.Reasoning;
        kept.PresencePenalty = missing.HasFlag(ChatFeatures.PresencePenalty) ? null : kept.PresencePenalty;
        kept.FrequencyPenalty = missing.HasFlag(ChatFeatures.FrequencyPenalty) ? null : kept.FrequencyPenalty;
        kept.AllowMultipleToolCalls = missing.HasFlag(ChatFeatures.ParallelToolCalls) ? null : kept.AllowMultipleToolCalls;
        kept.Tools = missing.HasFlag(ChatFeatures.StrictTools) ? kept.Tools?.Select(NotStrict).ToList() : kept.Tools;
        return kept;
    }

    // The tool is called all the same; most clients mark every tool, and check the arguments themselves.
    private static AITool NotStrict(AITool tool) =>
        tool is ToolDeclaration { Strict: true } strict ? new ToolDeclaration(strict.Name, strict.Description, strict.JsonSchema) : tool;

    private static ChatMessage Without(ChatMessage message, ChatFeatures missing)
    {
        var left = missing & RequestedFeatures.Of(message);
        if (left == ChatFeatures.None)
        {
            return message;
        }

        var contents = message.Contents
            .Where(content => content is not TextReasoningContent || !left.HasFlag(ChatFeatures.ReasoningMessages))
            .Select(content => left.HasFlag(ChatFeatures.ImageDetail) ? WithoutDetail(content) : content)
            .ToList();

        // A message of nothing at all is still one of an empty text.
        return new ChatMessage(message.Role, contents.Count == 0 ? [new TextContent("")] : contents)
        {
            AuthorName = left.HasFlag(ChatFeatures.Names) ? null : message.AuthorName,
            AdditionalProperties = left.HasFlag(ChatFeatures.MessageExtra) ? null : message.AdditionalProperties,
        };
    }

    private static AIContent WithoutDetail(AIContent content) => content switch
    {
        UriContent image => new UriContent(image.Uri, image.MediaType),
        DataContent image => new DataContent(image.Data, image.MediaType),
        _ => content,
    };
}
