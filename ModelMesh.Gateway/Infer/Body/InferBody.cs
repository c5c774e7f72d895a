using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>The body of <c>POST /infer</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class InferBody
{
    private const int MaxNameLength = 200;
    private const int MaxHashKeyLength = 1024;

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ChatRequest Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
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

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
