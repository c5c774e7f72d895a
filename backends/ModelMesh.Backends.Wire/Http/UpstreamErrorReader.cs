using System.Text.Json;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>Reads the shapes in which servers write their errors.</summary>
/// <remarks>
/// <c>{"error":{"message","type","code","param"}}</c> (OpenAI and most), <c>{"error":"text","error_type"?}</c> (Ollama, TGI), <c>{"object":"error","message","type","code"}</c>
/// (older vLLM), <c>{"message"}</c>, <c>{"detail":"text"}</c> and <c>{"detail":[{"loc","msg"}]}</c> (FastAPI), or one of these as the first of an array.
/// </remarks>
public static class UpstreamErrorReader
{
    /// <summary>The error of a body, or null when the body has none of the known shapes.</summary>
    public static UpstreamError? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowTrailingCommas = true });
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The error that an object of a stream or a body holds, or null when it holds none.</summary>
    public static UpstreamError? Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
        {
            root = root[0];
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("error", out var error))
        {
            return error.ValueKind switch
            {
                JsonValueKind.Object => OfObject(error),
                JsonValueKind.String => OfObject(root) with { Message = error.GetString() },
                _ => null,
            };
        }

        if (root.TryGetProperty("detail", out var detail))
        {
            return OfDetail(detail);
        }

        return root.TryGetProperty("message", out _) ? OfObject(root) : null;
    }

    private static UpstreamError OfObject(JsonElement error)
    {
        var code = Property(error, "code");
        return new UpstreamError(
            Text(Property(error, "message")),
            Text(code),
            Text(Property(error, "type")) ?? Text(Property(error, "error_type")),
            Text(Property(error, "param")),
            Status(code) ?? Status(Property(error, "status_code")) ?? Status(Property(error, "http_status_code")) ?? Status(Property(error, "status")));
    }

    private static UpstreamError? OfDetail(JsonElement detail)
    {
        if (detail.ValueKind == JsonValueKind.Object)
        {
            return OfObject(detail);
        }

        if (detail.ValueKind != JsonValueKind.Array)
        {
            return Text(detail) is { } text ? new UpstreamError(text) : null;
        }

        var first = detail.EnumerateArray().FirstOrDefault();
        return first.ValueKind == JsonValueKind.Object
            ? new UpstreamError(Text(Property(first, "msg")), Type: Text(Property(first, "type")), Parameter: Field(Property(first, "loc")))
            : null;
    }

    // FastAPI's place of a fault: ["body", "messages", 0, "role"].
    private static string? Field(JsonElement loc) => loc.ValueKind != JsonValueKind.Array
        ? null
        : loc.EnumerateArray().Skip(1).Aggregate("", (path, part) =>
            part.ValueKind == JsonValueKind.Number ? $"{path}[{part}]" : path.Length == 0 ? part.ToString() : $"{path}.{part}") is { Length: > 0 } field ? field : null;

    private static JsonElement Property(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;

    private static int? Status(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetInt32(out var status) && status is >= 400 and <= 599 => status,
        JsonValueKind.String when int.TryParse(element.GetString(), out var status) && status is >= 400 and <= 599 => status,
        _ => null,
    };
}
