using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace ModelMesh.Backends.OpenAI.Requests;

/// <summary>Turns the text and the images of a message into the SDK's parts.</summary>
internal static class PartMapping
{
    /// <summary>The parts, at least one: a message without any says the empty text.</summary>
    public static IReadOnlyList<ChatMessageContentPart> Map(ChatMessage message, int index)
    {
        var parts = new List<ChatMessageContentPart>();
        foreach (var content in message.Contents)
        {
            if (content is not (TextReasoningContent or FunctionCallContent))
            {
                parts.Add(Map(content, $"messages[{index}].content[{parts.Count}]"));
            }
        }

        return parts.Count > 0 ? parts : [ChatMessageContentPart.CreateTextPart("")];
    }

    private static ChatMessageContentPart Map(AIContent content, string field) => content switch
    {
        TextContent text => ChatMessageContentPart.CreateTextPart(text.Text),
        UriContent uri when uri.HasTopLevelMediaType("image") => ChatMessageContentPart.CreateImagePart(AsWritten(uri.Uri), DetailOf(uri)),
        DataContent data when data.HasTopLevelMediaType("image") =>
            ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(data.Data), data.MediaType, DetailOf(data)),
        _ => throw new BackendException(BackendErrorKind.InvalidRequest, $"{field} holds {content.GetType().Name}, which this backend cannot send.") { Field = field },
    };

    // A signed address is worth nothing once a character of it is written otherwise.
    private static Uri AsWritten(Uri uri) => new(uri.OriginalString, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static ChatImageDetailLevel? DetailOf(AIContent content) =>
        content.AdditionalProperties?.TryGetValue("detail", out var detail) == true && detail is string level
            ? new ChatImageDetailLevel(level)
            : default(ChatImageDetailLevel?);
}
