namespace ModelMesh.Registry.Ui.Requests;

/// <summary>What of a request does not change from second to second.</summary>
/// <param name="Key">Of its row: two rows may have one id.</param>
/// <param name="Id">As its client was told it.</param>
/// <param name="Path">Of its model version's page.</param>
/// <param name="SinceMs">When it came, in milliseconds since 1970 by this replica's clock.</param>
/// <param name="Client">Who sent it, by name, else by address; null where nobody knows.</param>
/// <param name="ClientTitle">All that is known of the client.</param>
public sealed record RequestFacts(
    string Key,
    string Id,
    string Operation,
    string Model,
    string Version,
    string Path,
    string Instance,
    int Priority,
    bool Shadow,
    long SinceMs,
    string? Client,
    string? ClientTitle);

/// <summary>What does.</summary>
/// <param name="State"><c>queued</c>, <c>waiting</c> or <c>streaming</c>.</param>
/// <param name="Speed">Tokens a second since its first token; null before.</param>
/// <param name="FirstTokenMs">Null until there is one.</param>
public sealed record RequestProgress(string State, long? Revision, int Attempt, string? Endpoint, long Tokens, double? Speed, long? FirstTokenMs);

/// <summary>A row of the table.</summary>
public sealed record RequestRow(RequestFacts Facts, RequestProgress Progress);
