using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using SdkMessage = OpenAI.Chat.ChatMessage;

namespace ModelMesh.Backends.OpenAI.Requests;

/// <summary>Turns messages into the SDK's.</summary>
internal static class MessageMapping
{
    private const string Developer = "developer";

    /// <summary>A message is one of the SDK's, but for a tool's, which is as many as it holds results.</summary>
    public static IEnumerable<SdkMessage> Map(ChatMessage message, int index) => message.Role == ChatRole.Tool ? Results(message, index) : [MapOne(message, index)];

    private static SdkMessage MapOne(ChatMessage message, int index)
    {
        var parts = PartMapping.Map(message, index);
        var name = message.AuthorName;
        if (message.Role == ChatRole.User)
        {
            return new UserChatMessage(parts) { ParticipantName = name };
        }

        if (message.Role == ChatRole.Assistant)
        {
            return Assistant(message, parts);
        }

        if (message.Role == ChatRole.System)
        {
            return new SystemChatMessage(parts) { ParticipantName = name };
        }

        return message.Role.Value == Developer
            ? new DeveloperChatMessage(parts) { ParticipantName = name }
            : throw Refused($"messages[{index}].role", $"is {message.Role.Value}, which OpenAI does not know");
    }

    private static AssistantChatMessage Assistant(ChatMessage message, IReadOnlyList<ChatMessageContentPart> parts)
    {
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(call => ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(ToolArguments.TextOf(call))))
            .ToList();
        var mapped = calls.Count > 0 ? new AssistantChatMessage(calls) : new AssistantChatMessage(parts);
        mapped.ParticipantName = message.AuthorName;
        for (var part = 0; calls.Count > 0 && part < parts.Count; part++)
        {
            // A message of nothing but calls has no content; the one empty part stands for that.
            if (message.Contents.Any(content => content is not (FunctionCallContent or TextReasoningContent)))
            {
                mapped.Content.Add(parts[part]);
            }
        }

        var reasoning = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        if (reasoning.Length > 0)
        {
            mapped.Patch.Set("$.reasoning_content"u8, reasoning);
        }

        return mapped;
    }

    private static IEnumerable<SdkMessage> Results(ChatMessage message, int index) => message.Contents.Select(content => content is FunctionResultContent result
        ? Result(result, message.AuthorName)
        : throw Refused($"messages[{index}].content", $"holds {content.GetType().Name}, which no tool's message can"));

    private static ToolChatMessage Result(FunctionResultContent result, string? name)
    {
        var mapped = new ToolChatMessage(result.CallId, TextOf(result));
        if (name is not null)
        {
            // The SDK has no place for it; chat templates of compatible servers read it.
            mapped.Patch.Set("$.name"u8, name);
        }

        return mapped;
    }

    private static string TextOf(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        var other => JsonSerializer.Serialize(other, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object))),
    };

    private static BackendException Refused(string field, string why) => new(BackendErrorKind.InvalidRequest, $"{field} {why}.") { Field = field };
}
