using System.Runtime.InteropServices;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>Why an attempt is made.</summary>
/// <param name="Kind">
/// <c>first</c>; <c>instance</c>, <c>repeat</c> or <c>version</c> for where it went on after a failure; <c>hedge</c> for one beside a slow one; <c>continuation</c> for one that goes on with an
/// answer that broke; <c>shadow</c> for a copy.
/// </param>
/// <param name="Reason">The failure that it follows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AttemptCause(string Kind, ErrorCode? Reason = null)
{
    public static AttemptCause First { get; } = new("first");

    public static AttemptCause Hedge { get; } = new("hedge");

    public static AttemptCause Shadow { get; } = new("shadow");

    public static AttemptCause Instance(ErrorCode reason) => new("instance", reason);

    public static AttemptCause Repeat(ErrorCode reason) => new("repeat", reason);

    public static AttemptCause Version(ErrorCode reason) => new("version", reason);

    public static AttemptCause Continuation(ErrorCode reason) => new("continuation", reason);
}
