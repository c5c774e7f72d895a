using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Registry.Waiting;

/// <summary>A registry instance neither answered nor failed before a request's first token.</summary>
internal sealed class SilentInstanceException : Exception
{
    private SilentInstanceException(MeshException error, bool hadAccepted)
        : base(error.Message, error) => (Error, HadAccepted) = (error, hadAccepted);

    /// <summary>What a client is told.</summary>
    public MeshException Error { get; }

    /// <summary>Whether it had taken the request, and may have sent it on.</summary>
    public bool HadAccepted { get; }

    public static SilentInstanceException BeforeAccepted(string instance, Exception cause) =>
        new(new MeshException(ErrorCode.BackendUnavailable, $"Registry instance {instance} did not take the request in time.", cause), hadAccepted: false);

    public static SilentInstanceException AfterAccepted(string instance, Exception cause) => new(Late(instance, cause), hadAccepted: true);

    /// <summary>What a client is told, also where it happens after the first token.</summary>
    public static MeshException Late(string instance, Exception cause) =>
        new(ErrorCode.Timeout, $"Registry instance {instance} has been silent for longer than the model's time-outs allow.", cause);
}
