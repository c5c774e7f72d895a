using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Ollama.Request;

/// <summary>
/// The body of <c>POST /api/chat</c>. The caller's <c>extra</c> comes first, then the model's, then what the request says by its own fields, then the
/// model's other settings: whichever names a field first has it.
/// </summary>
internal static class ChatBody
{
    /// <exception cref="BackendException">The request holds what Ollama cannot take; names the field.</exception>
    public static void Write(Utf8JsonWriter writer, IEnumerable<ChatMessage> messages, ChatOptions options, OllamaSettings settings)
    {
        var extra = new CallerExtra(options.AdditionalProperties, "options", OllamaSettings.Reserved);
        var body = new MergedObject(writer);
        writer.WriteStartObject();
        body.Text("model", options.ModelId ?? settings.Model);
        body.Flag("stream", value: true);
        body.Claim("messages");
        writer.WriteStartArray();
        new MessageWriter(writer).Write(messages);
        writer.WriteEndArray();
        OllamaOptionsWriter.Write(body, options, extra.Nested, settings);
        extra.WriteTo(body);
        body.AddAll(settings.Extra);
        WriteTools(body, options);
        WriteFormat(body, options);
        WriteThink(body, options);
        WriteLogProbabilities(body, options as BackendCallOptions);
        body.Add("think", settings.Think);
        body.Add("keep_alive", settings.KeepAlive);
        writer.WriteEndObject();
    }

    private static void WriteTools(MergedObject body, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 } tools || !body.Claim("tools"))
        {
            return;
        }

        var writer = body.Writer;
        writer.WriteStartArray();
        foreach (var tool in tools.OfType<AIFunctionDeclaration>())
        {
            writer.WriteStartObject();
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", tool.Name);
            writer.WriteString("description", tool.Description);
            writer.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFormat(MergedObject body, ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format)
        {
            return;
        }

        if (format.Schema is { } schema)
        {
            body.Add("format", schema);
        }
        else
        {
            body.Text("format", "json");
        }
    }

    private static void WriteThink(MergedObject body, ChatOptions options)
    {
        switch (options.Reasoning?.Effort)
        {
            case null:
                break;
            case ReasoningEffort.None:
                body.Flag("think", value: false);
                break;
            case ReasoningEffort.Low:
                body.Text("think", "low");
                break;
            case ReasoningEffort.Medium:
                body.Text("think", "medium");
                break;
            case ReasoningEffort.High:
                body.Text("think", "high");
                break;
            default:
                throw Invalid("reasoning_effort", "must be none, low, medium or high for Ollama");
        }
    }

    private static void WriteLogProbabilities(MergedObject body, BackendCallOptions? options)
    {
        if (options is { LogProbabilities: true })
        {
            body.Flag("logprobs", value: true);
            body.Number("top_logprobs", options.TopLogProbabilities);
        }
    }

    private static BackendException Invalid(string field, string message) =>
        new(BackendErrorKind.InvalidRequest, $"{field} {message}.") { Field = field };
}
