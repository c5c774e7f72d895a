using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Instances;
using ModelMesh.Gateway.Registry.Failover;
using ModelMesh.Gateway.Registry.Waiting;

namespace ModelMesh.Gateway.Registry;

/// <summary>What a failed call says: the error a client would see, whether another instance may serve the request, and whether to avoid this one.</summary>
internal sealed record FailedAttempt(MeshException Error, bool MayTryAnother, bool ConnectionFailed)
{
    /// <summary>Whether the version's upstream failed.</summary>
    public bool IsOfTheVersion => !MayTryAnother && !ConnectionFailed && FailureRules.IsOfTheVersion(Error.Code);

    /// <summary>Whether an upstream was asked, as far as can be told.</summary>
    public bool AskedUpstream => !MayTryAnother && (ConnectionFailed || IsOfTheVersion);

    /// <summary>
    /// 1. The registry's own error is the answer. Another instance is worth asking when it says so itself, or when it answers
    ///    <c>backend_unavailable</c> while the directory shows it stopping. Never for a limit: it holds on every replica.
    /// 2. A connection that broke or could not be opened: another instance, and this one is avoided for a while.
    /// 3. Anything else came from a peer that does not speak as a registry does.
    /// </summary>
    public static FailedAttempt From(RpcException exception, string instance, bool isStopping)
    {
        // 1
        if (GrpcErrors.FromRpcException(exception) is { } own)
        {
            return new(own, own.RetryElsewhere || (isStopping && own.Code == ErrorCode.BackendUnavailable), ConnectionFailed: false);
        }

        // 2: an exception beneath the status was met on this side of the wire; a call that neither we nor the registry cancelled was cut.
        if (exception.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled || exception.Status.DebugException is not null)
        {
            return new(new MeshException(ErrorCode.BackendUnavailable, $"The connection to registry instance {instance} failed.", exception), MayTryAnother: true, ConnectionFailed: true);
        }

        // 3
        return new(new MeshException(ErrorCode.Internal, $"Registry instance {instance} failed: {exception.StatusCode}.", exception), MayTryAnother: false, ConnectionFailed: false);
    }

    /// <summary>The same of whatever a call threw; null where that says nothing of the call.</summary>
    public static FailedAttempt? From(Exception exception, InstanceInfo instance) => exception switch
    {
        RpcException broken => From(broken, instance.Id, instance.Stopping),

        // What it may have sent on takes its time elsewhere too, so that such a request goes on at another version.
        SilentInstanceException silent => new(silent.Error, MayTryAnother: !silent.HadAccepted, ConnectionFailed: true),
        MeshException own => new(own, own.RetryElsewhere, ConnectionFailed: false),
        _ => null,
    };

    /// <summary>A stream that ended in good order but without saying that it is complete must not pass for a complete answer.</summary>
    public static MeshException Incomplete(string instance) =>
        new(ErrorCode.Internal, $"Registry instance {instance} ended the stream without completing it.") { RetryElsewhere = true };
}
