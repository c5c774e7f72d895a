using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>
/// The fields that only a backend knows, as JSON objects; empty where there is none. An Ollama backend gets them where they were written. Others take
/// their options at the top of the request, as llama.cpp and vLLM do those that they share with Ollama, and refuse what they do not know: what changes an
/// answer is not dropped here.
/// </summary>
internal static class BackendFields
{
    /// <param name="options">The options that are left; empty for none.</param>
    /// <param name="rest">The request's fields that are left; empty for none.</param>
    public static string ForOthers(string options, string rest)
    {
        using var given = Parse(options);
        using var left = Parse(rest);
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var option in given.RootElement.EnumerateObject().Where(option => !RunnerFields.IsOption(option.Name)))
        {
            fields[option.Name] = option.Value;
        }

        Add(fields, left);
        return Write(fields, null);
    }

    /// <param name="numPredict">Put among the options.</param>
    /// <param name="runner">Put beside them.</param>
    /// <inheritdoc cref="ForOthers" path="/param"/>
    public static string ForOllama(string options, int? numPredict, Dictionary<string, JsonElement> runner, string rest)
    {
        using var given = Parse(options);
        using var left = Parse(rest);
        var fields = new Dictionary<string, JsonElement>(runner, StringComparer.Ordinal);
        Add(fields, left);
        using var limit = numPredict is { } number ? JsonDocument.Parse(number.ToString(CultureInfo.InvariantCulture)) : null;
        var inner = given.RootElement.EnumerateObject().ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal);
        if (limit is not null)
        {
            inner["num_predict"] = limit.RootElement;
        }

        return Write(fields, inner.Count == 0 ? null : inner);
    }

    private static JsonDocument Parse(string json) => JsonDocument.Parse(json.Length == 0 ? "{}" : json);

    private static void Add(Dictionary<string, JsonElement> fields, JsonDocument more)
    {
        foreach (var field in more.RootElement.EnumerateObject())
        {
            fields[field.Name] = field.Value;
        }
    }

    private static string Write(Dictionary<string, JsonElement> fields, Dictionary<string, JsonElement>? options)
    {
        if (fields.Count == 0 && options is null)
        {
            return "";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteAll(json, fields);
            if (options is not null)
            {
                json.WriteStartObject("options");
                WriteAll(json, options);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteAll(Utf8JsonWriter json, Dictionary<string, JsonElement> fields)
    {
        foreach (var (name, value) in fields)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
        }
    }
}
