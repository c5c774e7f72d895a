using System.Text.Json;
using System.Text.Unicode;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Admin;

/// <summary>What can be wrong with a body before its fields are looked at.</summary>
internal static class JsonFaults
{
    private static readonly ErrorDetail Empty = new("", "the body is empty; a JSON object is expected");

    /// <summary>The body as a JSON object, or null with the faults that make it none. Property names that repeat are faults at any depth.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body, List<ErrorDetail> faults)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            faults.Add(Empty);
            return null;
        }

        if (!Utf8.IsValid(body.Span))
        {
            faults.Add(new ErrorDetail("", "the body is not valid UTF-8"));
            return null;
        }

        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body);
            root = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            faults.Add(new ErrorDetail("", $"the body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})"));
            return null;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new ErrorDetail("", $"the body must be a JSON object, not {Kind(root)}"));
            return null;
        }

        var before = faults.Count;
        Walk(root, "", faults);
        return faults.Count == before ? root : null;
    }

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static void Walk(JsonElement value, string path, List<ErrorDetail> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in value.EnumerateObject())
                {
                    if (Text(() => property.Name) is not { } name)
                    {
                        faults.Add(new ErrorDetail(path, "has a field whose name is not valid text"));
                        continue;
                    }

                    var field = path.Length == 0 ? name : $"{path}.{name}";
                    if (!names.Add(name))
                    {
                        faults.Add(new ErrorDetail(field, "is given more than once"));
                    }

                    Walk(property.Value, field, faults);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Walk(item, $"{path}[{index++}]", faults);
                }

                break;
            case JsonValueKind.String when Text(value.GetString) is null:
                faults.Add(new ErrorDetail(path, "is not valid text"));
                break;
        }
    }

    // JSON can escape half of a surrogate pair, which no string of text has.
    private static string? Text(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
