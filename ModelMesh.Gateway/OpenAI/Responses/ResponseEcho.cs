using System.Text.Json;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI.Responses;

/// <summary>What the response object repeats of the request, with the API's defaults where the client said nothing. Made once a request, of fields that were checked.</summary>
internal sealed class ResponseEcho
{
    private static readonly string[] Strings = ["user", "safety_identifier", "prompt_cache_key"];

    private ResponseEcho(ReadOnlyMemory<byte> fields, bool namesModel, bool wantsSummary) => (Fields, NamesModel, WantsSummary) = (fields, namesModel, wantsSummary);

    /// <summary>An object's fields and its closing brace.</summary>
    public ReadOnlyMemory<byte> Fields { get; }

    /// <summary>Whether the model is among them: it is not where the request named none.</summary>
    public bool NamesModel { get; }

    /// <summary>Whether a summary of what the model thinks was asked for.</summary>
    public bool WantsSummary { get; }

    public static ResponseEcho Of(JsonElement request) => new(ReadableBytes.Write(json => Write(json, request))[1..], HasModel(request), Summary(request) is not null);

    private static bool HasModel(JsonElement request) => request.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String && !model.ValueEquals(""u8);

    private static void Write(Utf8JsonWriter json, JsonElement request)
    {
        json.WriteStartObject();
        if (HasModel(request))
        {
            Copy(json, request, "model", default);
        }

        Copy(json, request, "instructions", "null"u8);
        Copy(json, request, "max_output_tokens", "null"u8);
        Copy(json, request, "parallel_tool_calls", "true"u8);
        json.WriteNull("previous_response_id"u8);
        WriteReasoning(json, request);
        json.WriteBoolean("background"u8, false);
        json.WriteBoolean("store"u8, false);
        Copy(json, request, "temperature", "null"u8);
        WriteText(json, request);
        Copy(json, request, "tool_choice", "\"auto\""u8);
        Copy(json, request, "tools", "[]"u8);
        Copy(json, request, "top_logprobs", "0"u8);
        Copy(json, request, "top_p", "null"u8);
        Copy(json, request, "truncation", "\"disabled\""u8);
        foreach (var name in Strings)
        {
            if (request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                Copy(json, request, name, default);
            }
        }

        Copy(json, request, "metadata", "{}"u8);
        json.WriteEndObject();
    }

    private static string? Summary(JsonElement request) =>
        request.TryGetProperty("reasoning", out var reasoning) && reasoning.ValueKind == JsonValueKind.Object && reasoning.TryGetProperty("summary", out var summary) ? summary.GetString() : null;

    private static void Copy(Utf8JsonWriter json, JsonElement from, string name, ReadOnlySpan<byte> otherwise)
    {
        json.WritePropertyName(name);
        if (from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            value.WriteTo(json);
        }
        else
        {
            json.WriteRawValue(otherwise);
        }
    }

    private static void WriteReasoning(Utf8JsonWriter json, JsonElement request)
    {
        request.TryGetProperty("reasoning", out var reasoning);
        json.WriteStartObject("reasoning"u8);
        Copy(json, reasoning, "effort", "null"u8);
        json.WriteString("summary"u8, Summary(request));
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, JsonElement request)
    {
        request.TryGetProperty("text", out var text);
        json.WriteStartObject("text"u8);
        Copy(json, text, "format", """{"type":"text"}"""u8);
        if (text.ValueKind == JsonValueKind.Object && text.TryGetProperty("verbosity", out var verbosity) && verbosity.ValueKind == JsonValueKind.String)
        {
            Copy(json, text, "verbosity", default);
        }

        json.WriteEndObject();
    }
}
