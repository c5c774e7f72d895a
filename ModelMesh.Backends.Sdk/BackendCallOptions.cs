using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// The options of every call the mesh makes, with what it knows of the call besides. <see cref="ChatOptions.AdditionalProperties"/> holds
/// the caller's backend-only fields and nothing of the mesh's, so it may be passed upstream as it is.
/// </summary>
public sealed class BackendCallOptions : ChatOptions
{
    /// <summary>Makes options with nothing set.</summary>
    public BackendCallOptions()
    {
    }

    private BackendCallOptions(BackendCallOptions other)
        : base(other) => RequestId = other.RequestId;

    /// <summary>The mesh's name for the request, for logs and upstream headers.</summary>
    public string? RequestId { get; set; }

    /// <inheritdoc/>
    public override ChatOptions Clone() => new BackendCallOptions(this);
}
