using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Embed;

/// <summary>Texts that an application wants embeddings of, checked. Not a record: they must not be printable by accident.</summary>
internal sealed class EmbeddingInputs : ModelRequest
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public int? Dimensions { get; init; }

    /// <summary>A JSON object of backend-only fields; empty when there is none.</summary>
    public string ExtraJson { get; init; } = "";

    /// <summary>The same for the one type of backend that speaks the client's own API; null where none does.</summary>
    public NativeForm<string>? NativeExtraJson { get; init; }

    /// <summary>Whether extra fields that a backend does not take are left out instead of refused.</summary>
    public bool Lenient { get; init; }

    public override long PromptLength() => Inputs.Sum(input => (long)input.Length);

    public override IReadOnlyList<string> ImpliedCapabilities { get; } = [RequestCapabilities.Embeddings];

    public EmbedRequest ToEmbedRequest(ModelRoute route, string requestId, CallTraits traits)
    {
        var request = new EmbedRequest
        {
            RequestId = requestId,
            Model = route.Model.Name,
            Version = route.Model.Version,
            ExtraJson = NativeForm.Of(route, NativeExtraJson, ExtraJson),
            Adapter = route.Adapter,
            Lenient = Lenient,
            HashKey = HashKey ?? traits.HashKey ?? "",
            Priority = traits.Priority ?? 0,
            Client = traits.Client,
        };
        request.Inputs.AddRange(Inputs);
        if (Dimensions is { } dimensions)
        {
            request.Dimensions = dimensions;
        }

        return request;
    }
}
