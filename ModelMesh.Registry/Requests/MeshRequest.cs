using System.Text.Json.Serialization;

namespace ModelMesh.Registry.Requests;

/// <summary>One request as the replica that handles it tells of it. No word of what was asked or answered.</summary>
/// <param name="Id">As the client was told it in <c>x-request-id</c>. Two rows may have one id: a hedge, or a client that uses its own id twice.</param>
/// <param name="Operation"><c>infer</c> or <c>embed</c>.</param>
/// <param name="Revision">Absent until it has a slot.</param>
/// <param name="Instance">The registry replica that handles it.</param>
/// <param name="State">One of <see cref="RequestStates"/>.</param>
/// <param name="Attempt">How many times backends were asked for it at this replica; 0 while it has no slot.</param>
/// <param name="Endpoint">The address that is asked, without a query; absent where that is the backend type's own, or none is asked.</param>
/// <param name="Priority">From -100 to 100; the higher goes first.</param>
/// <param name="Shadow">Whether it is a copy for a shadow version, whose answer nobody waits for.</param>
/// <param name="StartedAt">When the replica got it, by its clock.</param>
/// <param name="AgeMs">How long ago that is, in milliseconds.</param>
/// <param name="TimeToFirstTokenMs">From then to its first token, in milliseconds; absent until there is one.</param>
/// <param name="Tokens">How many pieces its backend has sent so far; as good as one a token.</param>
/// <param name="Client">Whose it is; absent where the gateway did not say.</param>
internal sealed record MeshRequest(
    string Id,
    string Operation,
    string Model,
    string Version,
    long? Revision,
    string Instance,
    string State,
    int Attempt,
    string? Endpoint,
    int Priority,
    bool Shadow,
    DateTimeOffset StartedAt,
    long AgeMs,
    long? TimeToFirstTokenMs,
    long Tokens,
    RequestClient? Client)
{
    /// <summary>Rises with each request of its replica.</summary>
    [JsonIgnore]
    public long Number { get; init; }

    [JsonIgnore]
    public RequestPlace Place => new(StartedAt.ToUnixTimeMilliseconds(), Instance, Number);
}
