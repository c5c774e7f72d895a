using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;

namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>
/// What replicas tell, made one. Pure.
/// A version over the replicas:
/// 1. those that tell of an older revision than others do not count for status and health: they are about to follow;
/// 2. the status is <c>draining</c> where the catalog says so, whatever the replicas do; else <c>ready</c> where one replica is; else the first of <c>loading</c>,
///    <c>pending</c> and <c>failed</c> that any says, with the reasons of those that say it; <c>pending</c> where none says anything, and why;
/// 3. the health is the newest finding; among findings of one moment the one of the first replica in the order given;
/// 4. slots and streams add up over all replicas.
/// A model over its versions:
/// 5. status and health are those of the versions that take requests which name none (not a shadow, not draining, a weight above 0), or of all where there are none such;
/// 6. of their statuses the best counts: <c>ready</c>, <c>loading</c>, <c>pending</c>, <c>failed</c>, <c>draining</c>; with the reasons of those that have it;
/// 7. of their healths the best counts: <c>healthy</c>, <c>starting</c>, <c>unhealthy</c>, <c>unknown</c>: something known goes before nothing known;
/// 8. slots and streams add up over all versions.
/// </summary>
public static class FigureMerge
{
    private const string Unknown = "unknown";
    private const string Untold = "no registry tells of it; of a new model they tell within seconds";
    private static readonly string[] Statuses = ["ready", "loading", "pending", "failed", "draining"];
    private static readonly string[] Healths = ["healthy", "starting", "unhealthy", Unknown];

    /// <param name="model">The version as the catalog has it.</param>
    /// <param name="told">What each replica tells of it.</param>
    public static ModelState OfVersion(ModelVersion model, IReadOnlyCollection<ModelFigures> told)
    {
        // 1.
        var newest = told.Count == 0 ? 0 : told.Max(figures => figures.Revision);
        var current = told.Where(figures => figures.Revision == newest).ToArray();

        // 2.
        var status = model.Draining ? "draining" : Best(Statuses, current.Select(figures => figures.Status)) ?? "pending";
        var reason = told.Count == 0 && !model.Draining ? Untold : Reasons(current.Where(figures => figures.Status == status).Select(figures => figures.StatusReason));

        // 3.
        var health = current.Where(figures => figures.Health is not null).MaxBy(figures => figures.HealthAt ?? DateTimeOffset.MinValue);

        // 4.
        var streams = told.Aggregate(default(StreamSums), (sum, figures) => sum + new StreamSums(figures.FirstTokens, figures.FirstTokenMs, figures.StreamedTokens, figures.StreamedMs));
        return new ModelState(status, reason, health?.Health ?? Unknown, health?.HealthReason, told.Sum(figures => figures.Active), streams);
    }

    /// <param name="versions">At least one.</param>
    public static ModelState OfModel(IReadOnlyCollection<(ModelVersion Model, ModelState State)> versions)
    {
        // 5.
        var serving = versions.Where(version => version.Model is { Shadow: false, Draining: false, Weight: > 0 }).Select(version => version.State).ToArray();
        serving = serving.Length > 0 ? serving : [.. versions.Select(version => version.State)];

        // 6.
        var status = Best(Statuses, serving.Select(state => state.Status))!;
        var reason = Reasons(serving.Where(state => state.Status == status).Select(state => state.StatusReason));

        // 7.
        var health = Best(Healths, serving.Select(state => state.Health))!;
        var healthReason = Reasons(serving.Where(state => state.Health == health).Select(state => state.HealthReason));

        // 8.
        return new ModelState(
            status,
            reason,
            health,
            healthReason,
            versions.Sum(version => version.State.Active),
            versions.Aggregate(default(StreamSums), (sum, version) => sum + version.State.Streams));
    }

    // A word that this version of ModelMesh does not know comes last, but is shown.
    private static string? Best(string[] order, IEnumerable<string> said) =>
        said.MinBy(word => Array.IndexOf(order, word) is var place and >= 0 ? place : order.Length);

    private static string? Reasons(IEnumerable<string?> reasons) =>
        string.Join("; ", reasons.Where(reason => !string.IsNullOrEmpty(reason)).Distinct(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : null;
}
