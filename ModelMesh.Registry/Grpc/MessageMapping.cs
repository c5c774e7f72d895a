using System.Net.Http.Headers;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using WireMessage = ModelMesh.Contracts.V1.ChatMessage;

namespace ModelMesh.Registry.Grpc;

/// <summary>Turns a message off the wire into what backends take.</summary>
internal static class MessageMapping
{
    /// <summary>Where an image's <c>detail</c> is, in the content's additional properties.</summary>
    private const string Detail = "detail";

    // What the address of an image is of cannot be known before it is fetched, and a backend that needs the type fetches it anyway.
    private const string AnyImage = "image/*";

    public static ChatMessage ToMessage(WireMessage message, string path, List<ErrorDetail> faults)
    {
        ChatRole? role = message.Role switch
        {
            "system" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "tool" => ChatRole.Tool,
            _ => null,
        };
        if (role is null)
        {
            faults.Add(new ErrorDetail($"{path}.role", "must be system, user, assistant or tool"));
        }

        return new ChatMessage(role ?? ChatRole.User, ToContents(message, path, faults))
        {
            AuthorName = message.Name.Length == 0 ? null : message.Name,
            AdditionalProperties = ExtraMapping.ToExtra(message.ExtraJson, path, faults),
        };
    }

    private static List<AIContent> ToContents(WireMessage message, string path, List<ErrorDetail> faults)
    {
        if (message.Role == "tool")
        {
            return [new FunctionResultContent(message.ToolCallId, message.Parts.Count == 0 ? message.Content : string.Concat(message.Parts.Select(part => part.Text)))];
        }

        List<AIContent> contents = [];
        if (message.Reasoning.Length > 0)
        {
            contents.Add(new TextReasoningContent(message.Reasoning));
        }

        contents.AddRange(message.Parts.Select((part, index) => ToContent(part, $"{path}.content[{index}]", faults)));

        // A message of nothing at all is still one of an empty text.
        if (message.Content.Length > 0 || (message.Parts.Count == 0 && message.ToolCalls.Count == 0))
        {
            contents.Add(new TextContent(message.Content));
        }

        contents.AddRange(message.ToolCalls.Select(call => ToolArguments.ToCall(call.Id, call.Name, call.Arguments)));
        return contents;
    }

    private static AIContent ToContent(ContentPart part, string path, List<ErrorDetail> faults)
    {
        switch (part.PartCase)
        {
            case ContentPart.PartOneofCase.ImageUrl when Uri.TryCreate(part.ImageUrl.Url, UriKind.Absolute, out var uri):
                return WithDetail(new UriContent(uri, AnyImage), part.ImageUrl.Detail);
            case ContentPart.PartOneofCase.ImageUrl:
                faults.Add(new ErrorDetail($"{path}.image_url.url", "must be an absolute URL"));
                break;
            case ContentPart.PartOneofCase.ImageData when IsImage(part.ImageData.MediaType):
                return WithDetail(new DataContent(part.ImageData.Data.Memory, part.ImageData.MediaType), part.ImageData.Detail);
            case ContentPart.PartOneofCase.ImageData:
                faults.Add(new ErrorDetail($"{path}.image_url.url", "must be the data: URL of an image"));
                break;
        }

        return new TextContent(part.Text);
    }

    private static bool IsImage(string mediaType) => mediaType.StartsWith("image/", StringComparison.Ordinal) && MediaTypeHeaderValue.TryParse(mediaType, out _);

    private static AIContent WithDetail(AIContent content, string detail)
    {
        if (detail.Length > 0)
        {
            content.AdditionalProperties = new AdditionalPropertiesDictionary { [Detail] = detail };
        }

        return content;
    }
}
