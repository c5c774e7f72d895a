using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Instances;

namespace ModelMesh.Registry.Requests;

internal sealed class MeshRequests(LocalRequests local, Peers peers, IInstanceIdentity self) : IMeshRequests
{
    public async Task<MeshRequestList> ListAsync(RequestFilter filter, CancellationToken cancellationToken)
    {
        var question = RequestWire.ToWire(filter);
        var others = await peers.AskAsync(filter.Instance, (peer, ended) => peer.ListAsync(question, cancellationToken: ended), cancellationToken);
        List<RequestPage> pages = [.. others.Answers.Select(RequestWire.ToPage)];
        if (IsAsked(filter.Instance))
        {
            pages.Add(local.List(filter));
        }

        return RequestPage.Merge(pages, filter.Limit, others.Unreachable);
    }

    public async Task<CancelOutcome> CancelAsync(string id, string? instance, string by, CancellationToken cancellationToken)
    {
        // Here first: what is near ends at once, however long another replica takes.
        var here = IsAsked(instance) ? local.Cancel(id, by) : [];
        var question = new CancelRequest { RequestId = id, By = by };
        var others = await peers.AskAsync(instance, (peer, ended) => peer.CancelAsync(question, cancellationToken: ended), cancellationToken);
        return new CancelOutcome([.. here, .. others.Answers.SelectMany(answer => answer.Cancelled).Select(RequestWire.ToRequest)], others.Unreachable);
    }

    private bool IsAsked(string? instance) => instance is null || instance == self.Id;
}
