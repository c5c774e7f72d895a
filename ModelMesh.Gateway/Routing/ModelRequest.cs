using System.Text.Json;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Routing;

/// <summary>What every request says of the model it wants.</summary>
internal abstract class ModelRequest
{
    /// <summary>The model's name or an alias, or a reference to one; empty: rules, capabilities or the routing default decide.</summary>
    public required string Model { get; init; }

    /// <summary>Whether <see cref="Model"/> may also be <c>name@version</c> or <c>name:adapter</c>.</summary>
    public bool IsReference { get; init; }

    /// <summary>A tag that an API's clients add to a name without one, as <c>:latest</c>: where a reference that ends with it is not known, it is read without it.</summary>
    public string? DefaultTag { get; init; }

    /// <summary>Null: split by weight among the model's versions.</summary>
    public string? Version { get; init; }

    /// <summary>Requests with one key go to one version, as far as weights allow.</summary>
    public string? HashKey { get; init; }

    /// <summary>What the body says of itself for routing; the headers may say more.</summary>
    public RoutingHints Hints { get; init; } = RoutingHints.None;

    /// <summary>Counts the characters of all texts that the model is to read.</summary>
    public virtual long PromptLength() => 0;

    /// <summary>What a model has to be able to for the sake of what the request holds.</summary>
    public virtual IReadOnlyList<string> ImpliedCapabilities => [];

    /// <summary>How an answer names the model: as the client did, or who serves where it named none.</summary>
    public string AnsweredAs(Accepted accepted) => Model.Length > 0 ? Model : accepted.Model;
}

/// <summary>What a body says for rules and for requests without a model. Not a record: metadata must not be printable by accident.</summary>
internal sealed class RoutingHints
{
    public static RoutingHints None { get; } = new();

    /// <summary>What a model has to be able to for a request that names none.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Counts where neither the header nor the API key says one.</summary>
    public string? UserTier { get; init; }

    /// <summary>A copy, so that it outlives the body. Null: none.</summary>
    public JsonElement? Metadata { get; init; }
}
