namespace ModelMesh.Cli.Http.Views;

internal sealed record RequestListView(IReadOnlyList<RequestView> Requests, RequestTotalsView? Totals, IReadOnlyList<string>? Unreachable, string? NextCursor);

internal sealed record RequestView(
    string Id, string Operation, string Model, string Version, string Instance, string State, int Priority, bool Shadow, long AgeMs, long? TimeToFirstTokenMs, long Tokens, RequestClientView? Client);

internal sealed record RequestClientView(string? Address, string? UserAgent, string? Caller)
{
    public string Shown => Caller ?? Address ?? "";
}

internal sealed record RequestTotalsView(int Requests, int Queued, int Waiting, int Streaming);

internal sealed record CancelledRequestsView(IReadOnlyList<RequestView> Cancelled, IReadOnlyList<string>? Unreachable);
