using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Leases;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Rollouts;

/// <summary>Gathers what a rollout is judged on. For the one loop that drives: not thread-safe.</summary>
internal sealed class EvidenceGatherer(TallyStore tallies, ReplicaReports reports, ILeaseCounts counts)
{
    private readonly Dictionary<string, (string RolloutId, int Step, TallyWindow Window)> _windows = new(StringComparer.Ordinal);

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<RolloutEvidence> GatherAsync(Rollout rollout, CatalogSnapshot catalog)
    {
        var now = await tallies.NowAsync();
        var source = catalog.Find(new ModelId(rollout.Model, rollout.From));
        var target = catalog.Find(new ModelId(rollout.Model, rollout.To));
        var step = await tallies.ReadAsync(rollout);
        return new RolloutEvidence(
            now,
            TargetReadiness.Of(target, target is null ? [] : await reports.OfAsync(target)),
            source is not null,
            step,
            WindowOf(rollout).Look(step, rollout.MinRequests),
            source is null || rollout.DrainStart is null ? 0 : (await counts.CountAsync([source.Id]))[0]);
    }

    /// <summary>Forgets what it kept of all other rollouts.</summary>
    public void KeepOnly(IReadOnlyCollection<Rollout> driven)
    {
        foreach (var model in _windows.Keys.Except(driven.Select(rollout => rollout.Model), StringComparer.Ordinal).ToList())
        {
            _windows.Remove(model);
        }
    }

    private TallyWindow WindowOf(Rollout rollout)
    {
        if (!_windows.TryGetValue(rollout.Model, out var known) || known.RolloutId != rollout.RequestId || known.Step != rollout.Step)
        {
            known = (rollout.RequestId, rollout.Step, new TallyWindow());
            _windows[rollout.Model] = known;
        }

        return known.Window;
    }
}
