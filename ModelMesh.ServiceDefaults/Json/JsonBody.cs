using System.Text.Json;
using System.Text.Unicode;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>A request's body as JSON, before its fields are looked at.</summary>
public static class JsonBody
{
    internal const int MaxDepth = 64;

    /// <summary>The body as a document whose root is an object. It refers to the bytes it was made of. A byte order mark is passed over.</summary>
    /// <exception cref="MeshException"><c>invalid_request</c>, with the path of what could not be read: empty, not UTF-8, not JSON, too deep, or no object.</exception>
    public static JsonDocument ParseObject(ReadOnlyMemory<byte> body) => Parse(body, "a JSON object", static kind => kind == JsonValueKind.Object);

    /// <summary>The same for a body whose root is an array or an object.</summary>
    /// <inheritdoc cref="ParseObject" path="/exception"/>
    public static JsonDocument ParseArrayOrObject(ReadOnlyMemory<byte> body) =>
        Parse(body, "a JSON array or object", static kind => kind is JsonValueKind.Array or JsonValueKind.Object);

    private static JsonDocument Parse(ReadOnlyMemory<byte> body, string expected, Func<JsonValueKind, bool> isExpected)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
        {
            body = body["\uFEFF"u8.Length..];
        }

        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw MeshException.Invalid("", $"the body is empty; {expected} is expected");
        }

        if (!Utf8.IsValid(body.Span))
        {
            throw EncodingFault.In(body.Span);
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            throw SyntaxFault.In(body.Span);
        }

        if (isExpected(document.RootElement.ValueKind))
        {
            return document;
        }

        using (document)
        {
            throw MeshException.Invalid("", $"the body must be {expected}, not {JsonKind.Of(document.RootElement)}");
        }
    }
}
