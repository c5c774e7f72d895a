using System.Text.Json;
using System.Text.Unicode;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>The body of <c>POST /infer</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class InferBody
{
    private const int MaxNameLength = 200;
    private const int MaxHashKeyLength = 1024;
    private const int MaxDepth = 64;

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ChatRequest Parse(ReadOnlyMemory<byte> body)
    {
        using var document = ParseJson(body);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var request = new ChatRequest
        {
            Model = fields.RequiredText("model", MaxNameLength),
            Version = NullIfEmpty(fields.Text("version", MaxNameLength)),
            HashKey = NullIfEmpty(fields.Text("hash_key", MaxHashKeyLength)),
            Messages = MessagesReader.Read(fields, faults),
            Options = SamplingReader.Read(fields),
        };
        fields.RefuseTheRest();
        faults.ThrowIfAny();
        return request;
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            throw MeshException.Invalid("", "The body is empty: a JSON object was expected.");
        }

        if (!Utf8.IsValid(body.Span))
        {
            throw MeshException.Invalid("", $"The body is not valid UTF-8 from byte {InvalidUtf8.IndexIn(body.Span)} on.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException exception)
        {
            throw MeshException.Invalid("", $"The body is not valid JSON: {exception.Message}");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        using (document)
        {
            throw MeshException.Invalid("", $"The body must be a JSON object, not {document.RootElement.ValueKind.ToString().ToLowerInvariant()}.");
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
