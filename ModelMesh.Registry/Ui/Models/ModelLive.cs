namespace ModelMesh.Registry.Ui.Models;

/// <summary>How a model version does now, over all replicas.</summary>
/// <param name="Status"><c>pending</c>, <c>loading</c>, <c>ready</c>, <c>draining</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it is not ready, or not healthy.</param>
/// <param name="Health"><c>healthy</c>, <c>starting</c>, <c>unhealthy</c> or <c>unknown</c>.</param>
/// <param name="Active">Requests in flight.</param>
/// <param name="Speed">Tokens a second of a stream, over the last minute; null without one.</param>
/// <param name="FirstTokenMs">Mean time to first token over the last minute; null without one.</param>
/// <param name="Throughput">Tokens a second of all streams that completed in the last minute; null without one.</param>
public sealed record ModelLive(string Status, string? Reason, string Health, int Active, double? Speed, double? FirstTokenMs, double? Throughput)
{
    /// <summary>Requests that wait for a slot; null where none does, or the store that counts them is away.</summary>
    public int? Waiting { get; init; }
}

/// <summary>How all model versions do together.</summary>
/// <param name="Active">Requests in flight.</param>
/// <param name="Waiting">Requests that wait for a slot.</param>
/// <param name="Ready">Versions that are ready.</param>
/// <param name="Failed">Versions that failed, or whose upstream is unhealthy.</param>
public sealed record ModelTotals(int Active, int Waiting, int Ready, int Failed)
{
    public static ModelTotals Of(IEnumerable<ModelLive> all)
    {
        var (active, waiting, ready, failed) = (0, 0, 0, 0);
        foreach (var live in all)
        {
            active += live.Active;
            waiting += live.Waiting ?? 0;
            ready += live.Status is "ready" ? 1 : 0;
            failed += live.Status is "failed" || live.Health is "unhealthy" ? 1 : 0;
        }

        return new ModelTotals(active, waiting, ready, failed);
    }
}
