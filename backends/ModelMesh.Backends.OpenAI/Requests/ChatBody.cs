using System.Buffers;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Wire.Json;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using SdkMessage = OpenAI.Chat.ChatMessage;

namespace ModelMesh.Backends.OpenAI.Requests;

/// <summary>
/// A chat's request, of the SDK's own messages and options with <c>extra</c> over them. The SDK could take the extra fields itself, but by JSON path only, where a name with a
/// bracket or a quote becomes another name, or never returns.
/// </summary>
internal static class ChatBody
{
    public static BinaryContent Of(OpenAISettings settings, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var extra = new ExtraFields(settings.Upstream.Extra, options?.AdditionalProperties, ChatRequestWriter.Reserved);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("model"u8, options?.ModelId ?? settings.Upstream.Model);
        writer.WriteStartArray("messages"u8);
        foreach (var (index, message) in messages.Index())
        {
            WriteMessage(writer, message, index);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("stream"u8, true);
        if (!extra.Contains("stream_options"))
        {
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
        }

        WriteOptions(writer, OptionsMapping.Map(options, settings.MaxTokensField), extra);
        extra.WriteTo(writer);
        writer.WriteEndObject();
        writer.Flush();
        return BinaryContent.Create(BinaryData.FromBytes(buffer.WrittenMemory));
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message, int index)
    {
        foreach (IJsonModel<SdkMessage> mapped in MessageMapping.Map(message, index))
        {
            if (message.AdditionalProperties is not { Count: > 0 })
            {
                mapped.Write(writer, ModelReaderWriterOptions.Json);
                continue;
            }

            using var written = JsonDocument.Parse(mapped.Write(ModelReaderWriterOptions.Json));
            writer.WriteStartObject();
            foreach (var property in written.RootElement.EnumerateObject())
            {
                property.WriteTo(writer);
            }

            MessageExtra.Write(writer, message, name => written.RootElement.TryGetProperty(name, out _));
            writer.WriteEndObject();
        }
    }

    private static void WriteOptions(Utf8JsonWriter writer, ChatCompletionOptions options, ExtraFields extra)
    {
        using var written = JsonDocument.Parse(ModelReaderWriter.Write(options, ModelReaderWriterOptions.Json, OpenAIContext.Default));
        foreach (var property in written.RootElement.EnumerateObject())
        {
            if (!extra.Contains(property.Name))
            {
                property.WriteTo(writer);
            }
        }
    }
}
