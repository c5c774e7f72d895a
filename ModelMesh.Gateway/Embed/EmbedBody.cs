using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Embed;

/// <summary>The body of <c>POST /embed</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class EmbedBody
{
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static EmbeddingInputs Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var model = ModelFields.Read(fields, isReference: false);
        var inputs = new EmbeddingInputs
        {
            Model = model.Model,
            Version = model.Version,
            HashKey = model.HashKey,
            Hints = RoutingHintsReader.Read(fields),
            Inputs = EmbedInputReader.ReadInputs(fields, faults),
            Dimensions = EmbedInputReader.ReadDimensions(fields),
            ExtraJson = fields.FreeForm("extra"),
        };
        fields.RefuseTheRest();
        faults.ThrowIfAny();
        return inputs;
    }
}
