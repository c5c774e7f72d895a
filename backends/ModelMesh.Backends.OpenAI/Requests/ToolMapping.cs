using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using OpenAI.Chat;

namespace ModelMesh.Backends.OpenAI.Requests;

/// <summary>Turns the tools, and which of them may be called, into the SDK's.</summary>
internal static class ToolMapping
{
    public static void Map(ChatCompletionOptions mapped, ChatOptions options)
    {
        var tools = options.Tools ?? [];
        for (var index = 0; index < tools.Count; index++)
        {
            mapped.Tools.Add(Map(tools[index], index));
        }

        mapped.AllowParallelToolCalls = options.AllowMultipleToolCalls;
        mapped.ToolChoice = options.ToolMode switch
        {
            null => null,
            NoneChatToolMode => ChatToolChoice.CreateNoneChoice(),
            RequiredChatToolMode { RequiredFunctionName: { } name } => ChatToolChoice.CreateFunctionChoice(name),
            RequiredChatToolMode => ChatToolChoice.CreateRequiredChoice(),
            _ => ChatToolChoice.CreateAutoChoice(),
        };
    }

    private static ChatTool Map(AITool tool, int index)
    {
        if (tool is not AIFunctionDeclaration function)
        {
            throw new BackendException(BackendErrorKind.InvalidRequest, $"tools[{index}] is no function, which is the one kind of tool there is.") { Field = $"tools[{index}]" };
        }

        var parameters = function.JsonSchema.ValueKind == JsonValueKind.Undefined ? null : BinaryData.FromString(function.JsonSchema.GetRawText());
        return ChatTool.CreateFunctionTool(
            function.Name, function.Description.Length > 0 ? function.Description : null, parameters, (function as ToolDeclaration)?.Strict);
    }
}
