namespace ModelMesh.Registry.Requests;

/// <summary>What one replica has to say to a list: at most as many as were asked for and one more, the oldest first, and how many there are.</summary>
internal sealed record RequestPage(IReadOnlyList<MeshRequest> Requests, RequestTotals Totals)
{
    /// <summary>
    /// One page of several replicas' pages. Pure. 1. The oldest of all, as many as were asked for. 2. Another page follows when more are left; one more than was asked for of each is
    /// enough to know. 3. The totals are sums.
    /// </summary>
    public static MeshRequestList Merge(IReadOnlyCollection<RequestPage> pages, int limit, IReadOnlyList<string> unreachable)
    {
        // 1.
        var requests = pages.SelectMany(page => page.Requests).OrderBy(request => request.Place, Comparer<RequestPlace>.Create(RequestPlace.Compare)).Take(limit + 1).ToList();

        // 2.
        var more = requests.Count > limit;
        if (more)
        {
            requests.RemoveAt(limit);
        }

        // 3.
        var totals = pages.Aggregate(RequestTotals.None, (sum, page) => sum + page.Totals);
        return new MeshRequestList(requests, totals, unreachable, more ? requests[^1].Place.ToCursor() : null);
    }
}
