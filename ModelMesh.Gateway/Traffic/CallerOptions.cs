namespace ModelMesh.Gateway.Traffic;

/// <summary>How callers are told apart (section <c>Callers</c>).</summary>
internal sealed class CallerOptions
{
    /// <summary>
    /// Whether the headers <see cref="CallHeaders.Tier"/> and <see cref="CallHeaders.Priority"/>, and a body's <c>user_tier</c>, count, and whether the client's address is the first of <c>X-Forwarded-For</c>. A gateway that clients reach whom nobody vouches for says no: then a request has
    /// the tier and the priority of its registered caller, or none.
    /// </summary>
    public bool TrustHeaders { get; set; } = true;
}
