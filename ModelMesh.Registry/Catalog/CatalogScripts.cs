using System.Globalization;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Traffic;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Catalog;

/// <summary>What a catalog script answered: <c>ok</c>, <c>exists</c>, <c>alias</c>, <c>missing</c>, <c>mismatch</c>, <c>draining</c>, <c>rollout</c> or <c>referenced</c>.</summary>
/// <param name="Outcome">The answer's first word.</param>
/// <param name="Model">What is stored now, after <c>ok</c> of anything but a removal, and after <c>referenced</c> of a removal.</param>
/// <param name="Revision">What the model has, after <c>mismatch</c>.</param>
/// <param name="Referrers">The entries that keep it, after <c>referenced</c>.</param>
internal sealed record CatalogAnswer(string Outcome, ModelVersion? Model, long Revision, ReferrerList Referrers);

/// <summary>Changes of the catalog, each one script: check, write, count the revision up, publish. Thread-safe.</summary>
internal sealed class CatalogScripts(StoreConnection store)
{
    private static readonly StoreScript RegisterScript = StoreScript.Load<CatalogScripts>("register.lua");
    private static readonly StoreScript UpdateScript = StoreScript.Load<CatalogScripts>("update.lua").After(TrafficScripts.References);
    private static readonly StoreScript DrainScript = StoreScript.Load<CatalogScripts>("drain.lua").After(TrafficScripts.References);
    private static readonly StoreScript RemoveScript = StoreScript.Load<CatalogScripts>("remove.lua").After(TrafficScripts.References);
    private static readonly StoreScript WeightsScript = StoreScript.Load<CatalogScripts>("weights.lua").After(TrafficScripts.References);

    public Task<CatalogAnswer> RegisterAsync(ModelVersion model) =>
        RunAsync(RegisterScript, model.Id.ToString(), StoredModel.Definition(model), store.Keys.CatalogEvents, model.Weight);

    /// <param name="model">The new definition.</param>
    /// <param name="expectedRevision">Null: any.</param>
    /// <param name="weightIsGiven">Whether its weight is meant, as against the default: while a rollout runs only the one that it set may be meant.</param>
    public Task<CatalogAnswer> UpdateAsync(ModelVersion model, long? expectedRevision, bool weightIsGiven = true) => RunAsync(
        UpdateScript, model.Id.ToString(), StoredModel.Definition(model), store.Keys.CatalogEvents, expectedRevision ?? 0, model.Weight, weightIsGiven ? 1 : 0);

    public Task<CatalogAnswer> DrainAsync(ModelId id, long? expectedRevision) =>
        RunAsync(DrainScript, id.ToString(), store.Keys.CatalogEvents, expectedRevision ?? 0);

    public Task<CatalogAnswer> RemoveAsync(ModelId id, long closedRevision) =>
        RunAsync(RemoveScript, id.ToString(), store.Keys.CatalogEvents, closedRevision);

    /// <param name="name">The model.</param>
    /// <param name="weights">By version.</param>
    /// <param name="expectedRevision">The newest revision of any of its versions or weights; null: any.</param>
    public Task<CatalogAnswer> SetWeightsAsync(string name, IReadOnlyDictionary<string, int> weights, long? expectedRevision) => RunAsync(
        WeightsScript,
        [Uri.EscapeDataString(name), store.Keys.CatalogEvents, expectedRevision ?? 0, .. weights.SelectMany(item => new RedisValue[] { new ModelId(name, item.Key).ToString(), item.Value })]);

    private async Task<CatalogAnswer> RunAsync(StoreScript script, params RedisValue[] values)
    {
        var answer = (string[])(await store.RunAsync(StoreCommands.CatalogWrite, database => script.EvaluateAsync(database, [store.Keys.Models, store.Keys.Revision, store.Keys.Traffic], values)))!;
        var stored = answer is ["ok" or "referenced", var text, ..] ? StoredModel.Parse(text) : null;
        var told = stored is null ? 1 : 2;
        return new CatalogAnswer(
            answer[0],
            stored,
            answer is ["mismatch", var revision] ? long.Parse(revision, CultureInfo.InvariantCulture) : 0,
            answer[0] is "referenced" ? ReferrerList.Read(answer[told..]) : ReferrerList.None);
    }
}
