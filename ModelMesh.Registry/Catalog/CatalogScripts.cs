using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Catalog;

/// <summary>What a catalog script answered: <c>ok</c>, <c>exists</c>, <c>missing</c>, <c>mismatch</c> or <c>draining</c>.</summary>
/// <param name="Outcome">The answer's first word.</param>
/// <param name="Model">What is stored now, after <c>ok</c> of anything but a removal.</param>
/// <param name="Revision">What the model has, after <c>mismatch</c>.</param>
internal sealed record CatalogAnswer(string Outcome, ModelVersion? Model, long Revision);

/// <summary>Changes of the catalog, each one script: check, write, count the revision up, publish. Thread-safe.</summary>
internal sealed class CatalogScripts(StoreConnection store)
{
    private static readonly StoreScript RegisterScript = StoreScript.Load<CatalogScripts>("register.lua");
    private static readonly StoreScript UpdateScript = StoreScript.Load<CatalogScripts>("update.lua");
    private static readonly StoreScript DrainScript = StoreScript.Load<CatalogScripts>("drain.lua");
    private static readonly StoreScript RemoveScript = StoreScript.Load<CatalogScripts>("remove.lua");

    public Task<CatalogAnswer> RegisterAsync(ModelVersion model) =>
        RunAsync(RegisterScript, model.Id.ToString(), StoredModel.Definition(model), store.Keys.CatalogEvents);

    public Task<CatalogAnswer> UpdateAsync(ModelVersion model, long? expectedRevision) =>
        RunAsync(UpdateScript, model.Id.ToString(), StoredModel.Definition(model), store.Keys.CatalogEvents, expectedRevision ?? 0);

    public Task<CatalogAnswer> DrainAsync(ModelId id, long? expectedRevision) =>
        RunAsync(DrainScript, id.ToString(), store.Keys.CatalogEvents, expectedRevision ?? 0);

    public Task<CatalogAnswer> RemoveAsync(ModelId id, long closedRevision) =>
        RunAsync(RemoveScript, id.ToString(), store.Keys.CatalogEvents, closedRevision);

    private async Task<CatalogAnswer> RunAsync(StoreScript script, params RedisValue[] values)
    {
        var result = await store.RunAsync(database => script.EvaluateAsync(database, [store.Keys.Models, store.Keys.Revision], values));
        var answer = (RedisResult[])result!;
        var outcome = (string)answer[0]!;
        return new CatalogAnswer(
            outcome,
            outcome is "ok" && answer.Length > 1 ? StoredModel.Parse((string)answer[1]!) : null,
            outcome is "mismatch" ? (long)answer[1] : 0);
    }
}
