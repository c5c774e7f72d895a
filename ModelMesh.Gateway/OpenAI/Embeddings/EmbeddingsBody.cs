using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Embeddings;

/// <summary>The body of <c>POST /v1/embeddings</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class EmbeddingsBody
{
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static EmbeddingsRequest Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        var model = OpenAIModelFields.Read(fields);
        var asBase64 = ReadEncoding(fields);
        var inputs = EmbedInputReader.ReadInputs(fields, faults);
        var dimensions = EmbedInputReader.ReadDimensions(fields);
        var hints = RoutingHintsReader.Peek(fields);
        var extra = fields.TakeTheRest();
        faults.ThrowIfAny();
        return new EmbeddingsRequest(
            new EmbeddingInputs
            {
                Model = model.Model,
                IsReference = true,
                Version = model.Version,
                HashKey = model.HashKey,
                Hints = hints,
                Lenient = true,
                Inputs = inputs,
                Dimensions = dimensions,
                ExtraJson = extra,
            },
            asBase64);
    }

    private static bool ReadEncoding(FieldReader fields)
    {
        var encoding = fields.Text("encoding_format", int.MaxValue);
        if (encoding is not (null or "float" or "base64"))
        {
            fields.Fault("encoding_format", "must be float or base64");
        }

        return encoding is "base64";
    }
}
