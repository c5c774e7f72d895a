using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Wire.OpenAIWire.Requests;

/// <summary>Writes a chat as <c>/chat/completions</c> takes it, streaming and with usage.</summary>
public static class ChatRequestWriter
{
    /// <summary>
    /// The fields that no <c>extra</c> may hold: the mesh could not keep its promises without them. Of <c>n</c> it has to know how many answers to expect,
    /// or each beyond the first would count as the upstream's fault.
    /// </summary>
    public static IReadOnlyCollection<string> Reserved { get; } = ["model", "messages", "stream", "n"];

    /// <summary>Writes a request.</summary>
    /// <param name="body">Takes the JSON.</param>
    /// <param name="model">The upstream's name of the model.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">What the caller asked for.</param>
    /// <param name="settingsExtra">The model's own <c>extra</c>.</param>
    /// <param name="style">In what the server differs; null for nothing.</param>
    /// <exception cref="BackendException">It cannot be written so: <see cref="BackendErrorKind.InvalidRequest"/>, with the field.</exception>
    public static void Write(JsonBody body, string model, IEnumerable<ChatMessage> messages, ChatOptions? options, JsonElement? settingsExtra, ChatRequestStyle? style = null)
    {
        var extra = new ExtraFields(settingsExtra, options?.AdditionalProperties, Reserved);
        var writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteString("model"u8, model);
        MessageWriter.Write(writer, messages);
        writer.WriteBoolean("stream"u8, true);
        if (!extra.Contains("stream_options"))
        {
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
        }

        if (options is not null)
        {
            SamplingWriter.Write(writer, options, extra);
            ToolWriter.Write(writer, options, extra, style ?? ChatRequestStyle.Default);
            ResponseFormatWriter.Write(writer, options, extra);
        }

        extra.WriteTo(writer);
        writer.WriteEndObject();
    }
}
