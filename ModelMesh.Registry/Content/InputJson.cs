using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Content;

/// <summary>Messages to a model as the conventions have them: role and parts. Of images only that they are there. Pure, but for the budget.</summary>
internal static class InputJson
{
    public static string Write(IReadOnlyList<ChatMessage> messages, TextBudget budget) => MessagesJson.Write(json =>
    {
        foreach (var message in messages.TakeWhile(_ => !budget.IsUsedUp))
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role.Value);
            json.WriteStartArray("parts");
            foreach (var content in message.Contents)
            {
                WritePart(json, content, budget);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    });

    private static void WritePart(Utf8JsonWriter json, AIContent content, TextBudget budget)
    {
        switch (content)
        {
            case TextContent text:
                MessagesJson.WriteText(json, "text", budget.Take(text.Text));
                break;
            case TextReasoningContent reasoning:
                MessagesJson.WriteText(json, "reasoning", budget.Take(reasoning.Text));
                break;
            case FunctionCallContent call:
                MessagesJson.WriteToolCall(json, call.CallId, budget.Take(call.Name), budget.Take(ToolArguments.TextOf(call)));
                break;
            case FunctionResultContent result:
                json.WriteStartObject();
                json.WriteString("type", "tool_call_response");
                json.WriteString("id", result.CallId);
                json.WriteString("response", budget.Take(result.Result as string ?? ""));
                json.WriteEndObject();
                break;
            default:
                json.WriteStartObject();
                json.WriteString("type", content is UriContent ? "uri" : "blob");
                json.WriteString("modality", "image");
                json.WriteEndObject();
                break;
        }
    }
}
