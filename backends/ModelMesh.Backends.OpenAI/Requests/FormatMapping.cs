using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Format = OpenAI.Chat.ChatResponseFormat;

namespace ModelMesh.Backends.OpenAI.Requests;

/// <summary>Turns the form that the answer is to have, where it is JSON, into the SDK's.</summary>
internal static class FormatMapping
{
    private const string UnnamedSchema = "response";

    public static Format? Map(ChatOptions options) => options.ResponseFormat switch
    {
        ChatResponseFormatJson { Schema: { } schema } format => Format.CreateJsonSchemaFormat(
            format.SchemaName ?? UnnamedSchema,
            BinaryData.FromString(schema.GetRawText()),
            format.SchemaDescription,
            (options as BackendCallOptions)?.StrictJsonSchema),
        ChatResponseFormatJson => Format.CreateJsonObjectFormat(),
        _ => null,
    };
}
