using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Requests;

/// <summary>Writes the form that the answer is to have, where it is JSON. Left out where <c>extra</c> replaces it.</summary>
internal static class ResponseFormatWriter
{
    private const string UnnamedSchema = "response";

    public static void Write(Utf8JsonWriter writer, ChatOptions options, ExtraFields extra)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format || extra.Contains("response_format"))
        {
            return;
        }

        writer.WriteStartObject("response_format"u8);
        if (format.Schema is { } schema)
        {
            writer.WriteString("type"u8, "json_schema"u8);
            WriteSchema(writer, format, schema, (options as BackendCallOptions)?.StrictJsonSchema);
        }
        else
        {
            writer.WriteString("type"u8, "json_object"u8);
        }

        writer.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter writer, ChatResponseFormatJson format, JsonElement schema, bool? strict)
    {
        writer.WriteStartObject("json_schema"u8);
        writer.WriteString("name"u8, format.SchemaName ?? UnnamedSchema);
        if (format.SchemaDescription is { } description)
        {
            writer.WriteString("description"u8, description);
        }

        writer.WritePropertyName("schema"u8);
        schema.WriteTo(writer);
        if (strict is { } exact)
        {
            writer.WriteBoolean("strict"u8, exact);
        }

        writer.WriteEndObject();
    }
}
