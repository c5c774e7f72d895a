using ModelMesh.Registry.Requests;

namespace ModelMesh.Registry.Tests.Ui.Requests;

/// <summary>Requests in flight that a test makes up.</summary>
internal sealed class FakeMeshRequests : IMeshRequests
{
    public List<MeshRequest> Requests { get; } = [];

    public List<string> Unreachable { get; } = [];

    public RequestFilter? Asked { get; private set; }

    public static MeshRequest Request(long number, long ageMs, long? firstTokenMs = null, long tokens = 0, RequestClient? client = null) => new(
        $"id-{number}", "infer", "a/b:c", "v 1", 7, "one", firstTokenMs is null ? "waiting" : "streaming", 1, null, 0, false, DateTimeOffset.UnixEpoch, ageMs, firstTokenMs, tokens, client) { Number = number };

    public Task<MeshRequestList> ListAsync(RequestFilter filter, CancellationToken cancellationToken)
    {
        Asked = filter;
        return Task.FromResult(new MeshRequestList([.. Requests], new RequestTotals(Requests.Count, 0, Requests.Count, 0), [.. Unreachable], null));
    }

    public Task<CancelOutcome> CancelAsync(string id, string? instance, string by, CancellationToken cancellationToken) => throw new NotSupportedException();
}
