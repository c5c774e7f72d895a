using System.Text.Json;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Ui.Live;

namespace ModelMesh.Registry.Ui.Requests;

/// <summary>
/// The requests that match one filter, the oldest of them. Each has two entries: its key holds what stays, its key and <c>#</c> what changes, so that a second of a thousand streams
/// costs a page some kilobytes. <c>totals</c> is of all that match.
/// </summary>
internal sealed class RequestsPart(IMeshRequests requests, RequestFilter filter, TimeProvider time) : ILiveTopic
{
    public const string Totals = "totals";

    // By key: a request's age is told by its replica's clock, and a moment later by another read it would have begun a millisecond earlier or later.
    private Dictionary<string, long> _since = new(StringComparer.Ordinal);

    public string Name => RequestsTopic.TopicName;

    public async ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var list = await requests.ListAsync(filter, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var entries = new Dictionary<string, string>((2 * list.Requests.Count) + 1, StringComparer.Ordinal)
        {
            [Totals] = JsonSerializer.Serialize(RequestsSummary.Of(list, now), RequestsUiJson.Default.RequestsSummary),
        };
        var since = new Dictionary<string, long>(list.Requests.Count, StringComparer.Ordinal);
        foreach (var request in list.Requests)
        {
            var key = RequestRows.KeyOf(request);
            since[key] = _since.GetValueOrDefault(key, now - request.AgeMs);
            var row = RequestRows.Of(request, since[key]);
            entries[key] = JsonSerializer.Serialize(row.Facts, RequestsUiJson.Default.RequestFacts);
            entries[key + "#"] = JsonSerializer.Serialize(row.Progress, RequestsUiJson.Default.RequestProgress);
        }

        _since = since;
        return entries;
    }
}
