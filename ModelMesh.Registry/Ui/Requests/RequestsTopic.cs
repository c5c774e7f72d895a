using Microsoft.AspNetCore.WebUtilities;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Ui.Live;

namespace ModelMesh.Registry.Ui.Requests;

/// <summary><c>requests:state=queued&amp;model=…</c>: requests in flight over the mesh, with the filters of <c>GET /requests</c>.</summary>
internal sealed class RequestsTopic(IMeshRequests requests, TimeProvider time) : IFilteredTopic
{
    public const string TopicName = "requests";

    public string Name => TopicName;

    public ILiveTopic Of(string filter) => new RequestsPart(requests, FilterOf(new QueryCollection(QueryHelpers.ParseQuery(filter))), time);

    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static RequestFilter FilterOf(IQueryCollection query)
    {
        // A field that is left empty in the form is not asked for.
        var asked = query.Where(field => field.Value.ToString().Length > 0).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        return RequestQuery.Parse(new QueryCollection(asked)) with { Limit = RequestRows.Most, After = null };
    }
}
