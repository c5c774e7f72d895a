using ModelMesh.Registry.Requests;

namespace ModelMesh.Registry.Ui.Requests;

/// <summary>What is said of all requests that match, beside the rows.</summary>
/// <param name="Requests">How many match, shown or not.</param>
/// <param name="Unreachable">Replicas that did not answer.</param>
/// <param name="NowMs">This replica's clock, in milliseconds since 1970: ages are told by it.</param>
public sealed record RequestsSummary(int Requests, int Queued, int Waiting, int Streaming, IReadOnlyList<string> Unreachable, long NowMs)
{
    internal static RequestsSummary Of(MeshRequestList list, long nowMs) =>
        new(list.Totals.Requests, list.Totals.Queued, list.Totals.Waiting, list.Totals.Streaming, list.Unreachable, nowMs);
}
