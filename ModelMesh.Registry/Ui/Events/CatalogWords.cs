using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Ui.Models;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Ui.Events;

/// <summary>What happened in the catalog, as people say it. Pure.</summary>
internal static class CatalogWords
{
    /// <summary>In the order in which it happened.</summary>
    public static IEnumerable<LogDraft> Of(CatalogChange change) => change.Events.Select(happened => Of(happened, change.Previous, change.Current)).OfType<LogDraft>();

    /// <summary>What a catalog tells of the time before it was read: the last change of each thing, the oldest first.</summary>
    public static IEnumerable<(LogDraft Draft, DateTimeOffset At)> Past(CatalogSnapshot snapshot)
    {
        var models = snapshot.All.Select(model => (model.Revision, Of(model, null, model.UpdatedAt > model.CreatedAt ? CatalogEventKinds.Updated : CatalogEventKinds.Registered), model.UpdatedAt));
        var entries = snapshot.Traffic.Entries.Select(entry => (entry.Value.Revision, EntryWords.Written(entry.Key, null, entry.Value), entry.Value.UpdatedAt));
        return models.Concat(entries).OrderBy(item => item.Revision).Select(item => (item.Item2, item.UpdatedAt));
    }

    private static LogDraft? Of(CatalogEvent happened, CatalogSnapshot before, CatalogSnapshot now)
    {
        if (TrafficId.TryParse(happened.Id, out var entry))
        {
            return now.Traffic.Find(entry) is { } written ? EntryWords.Written(entry, before.Traffic.Find(entry), written) : new LogDraft(entry.Kind, entry.Name, "removed");
        }

        if (!ModelId.TryParse(happened.Id, out var id))
        {
            return null;
        }

        // A rollout tells of its steps itself; that both weights moved with each says nothing more.
        return happened.Kind == CatalogEventKinds.Weighted && (IsRollouts(before, id) || IsRollouts(now, id)) ? null
            : now.Find(id) is { } model ? Of(model, before.Find(id), happened.Kind)
            : new LogDraft("model", Name(id), "deleted");
    }

    private static LogDraft Of(ModelVersion model, ModelVersion? before, string kind)
    {
        var path = ModelPaths.Page(model.Id);
        return kind switch
        {
            CatalogEventKinds.Weighted => new LogDraft("weights", Name(model.Id), "weight set", before is null ? $"to {model.Weight}" : $"{before.Weight} → {model.Weight}", path),
            CatalogEventKinds.Draining => new LogDraft("model", Name(model.Id), "draining", "takes nothing new, and is deleted when idle", path),
            CatalogEventKinds.Updated => new LogDraft("model", Name(model.Id), "updated", before is null ? $"revision {model.Revision}" : $"revision {model.Revision}: {ModelDifference.Of(before, model)}", path),
            _ => new LogDraft("model", Name(model.Id), "registered", $"on {model.BackendType}", path),
        };
    }

    private static bool IsRollouts(CatalogSnapshot catalog, ModelId id) =>
        catalog.Traffic.Rollouts.GetValueOrDefault(id.Name) is { IsActive: true } rollout && (rollout.From == id.Version || rollout.To == id.Version);

    private static string Name(ModelId id) => $"{id.Name} @ {id.Version}";
}
