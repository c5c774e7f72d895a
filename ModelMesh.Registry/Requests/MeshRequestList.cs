namespace ModelMesh.Registry.Requests;

/// <summary>A page of requests, the oldest first.</summary>
/// <param name="Totals">How many match, on all pages together.</param>
/// <param name="Unreachable">Live replicas that did not answer in time: what they handle is not counted.</param>
/// <param name="NextCursor">Where the next page begins; absent on the last.</param>
internal sealed record MeshRequestList(IReadOnlyList<MeshRequest> Requests, RequestTotals Totals, IReadOnlyList<string> Unreachable, string? NextCursor);
