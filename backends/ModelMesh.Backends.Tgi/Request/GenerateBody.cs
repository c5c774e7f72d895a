using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Tgi.Request;

/// <summary>
/// The body of <c>POST /generate_stream</c>. The caller's <c>extra</c> comes first, then the model's, then what the request says by its own fields: whichever
/// names a field first has it.
/// </summary>
internal static class GenerateBody
{
    /// <summary>Writes the body, and returns the stop sequences in it.</summary>
    /// <exception cref="BackendException">The request holds what TGI cannot take; names the field.</exception>
    public static IReadOnlyList<string> Write(Utf8JsonWriter writer, string inputs, ChatOptions options, TgiSettings settings)
    {
        var extra = new CallerExtra(options.AdditionalProperties, "parameters", TgiSettings.Reserved);
        var body = new MergedObject(writer);
        writer.WriteStartObject();
        body.Text("inputs", inputs);
        body.Open("parameters");
        ParametersWriter.Write(new MergedObject(writer), options, extra.Nested, settings.ExtraParameters);
        writer.WriteEndObject();
        extra.WriteTo(body);
        body.AddAll(settings.Upstream.Extra);
        writer.WriteEndObject();
        return StopsOf(extra.Nested) ?? StopsOf(settings.ExtraParameters) ?? [.. (options.StopSequences ?? []).Where(stop => stop.Length > 0)];
    }

    private static List<string>? StopsOf(JsonElement? parameters) =>
        parameters is { } given && given.TryGetProperty("stop", out var stops) && stops.ValueKind == JsonValueKind.Array
            ? [.. stops.EnumerateArray().Where(stop => stop.ValueKind == JsonValueKind.String).Select(stop => stop.GetString()!).Where(stop => stop.Length > 0)]
            : null;
}
