using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Embed;

/// <summary>Texts that an application wants embeddings of, checked. Not a record: they must not be printable by accident.</summary>
internal sealed class EmbeddingInputs : ModelRequest
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public int? Dimensions { get; init; }

    /// <summary>A JSON object of backend-only fields; empty when there is none.</summary>
    public string ExtraJson { get; init; } = "";

    public EmbedRequest ToEmbedRequest(string version, string requestId)
    {
        var request = new EmbedRequest { RequestId = requestId, Model = Model, Version = version, ExtraJson = ExtraJson };
        request.Inputs.AddRange(Inputs);
        if (Dimensions is { } dimensions)
        {
            request.Dimensions = dimensions;
        }

        return request;
    }
}
