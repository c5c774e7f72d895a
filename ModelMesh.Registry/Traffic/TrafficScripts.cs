using System.Globalization;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Traffic;

/// <summary>What a script answered.</summary>
/// <param name="Outcome">Of a write <c>created</c>, <c>replaced</c>, <c>mismatch</c>, <c>taken</c> or <c>missing</c>; of a removal <c>ok</c>, <c>missing</c>, <c>mismatch</c> or <c>referenced</c>.</param>
/// <param name="Rest">What is stored; after <c>mismatch</c> the revision; after <c>missing</c> the references; after <c>referenced</c> who refers (<see cref="ReferrerList.Read"/>).</param>
internal sealed record TrafficAnswer(string Outcome, IReadOnlyList<string> Rest)
{
    public long Revision => long.Parse(Rest[0], CultureInfo.InvariantCulture);
}

/// <summary>Changes of the traffic, each one script: check, write, count the catalog's revision up, publish. Thread-safe.</summary>
internal sealed class TrafficScripts(StoreConnection store)
{
    /// <summary>Functions for scripts that look at references.</summary>
    internal static readonly StoreScript References = StoreScript.Load<TrafficScripts>("references.lua");

    private static readonly StoreScript WriteScript = StoreScript.Load<TrafficScripts>("write.lua").After(References);
    private static readonly StoreScript RemoveScript = StoreScript.Load<TrafficScripts>("remove.lua").After(References);

    /// <param name="id">Names the entry.</param>
    /// <param name="entry">What is to be stored.</param>
    /// <param name="references">See <see cref="TrafficReference.Key"/>.</param>
    /// <param name="expectedRevision">Null: any or none; 0: none.</param>
    public Task<TrafficAnswer> WriteAsync(TrafficId id, ITrafficEntry entry, IEnumerable<string> references, long? expectedRevision) => RunAsync(
        WriteScript,
        [store.Keys.Traffic, store.Keys.Models, store.Keys.Revision],
        [id.ToString(), StoredTraffic.Definition(entry), store.Keys.CatalogEvents, Expected(expectedRevision), .. references.Select(reference => (RedisValue)reference)]);

    public Task<TrafficAnswer> RemoveAsync(TrafficId id, long? expectedRevision) => RunAsync(
        RemoveScript,
        [store.Keys.Traffic, store.Keys.Revision],
        [id.ToString(), store.Keys.CatalogEvents, Expected(expectedRevision)]);

    private async Task<TrafficAnswer> RunAsync(StoreScript script, RedisKey[] keys, RedisValue[] values)
    {
        var answer = (string[])(await store.RunAsync(StoreCommands.CatalogWrite, database => script.EvaluateAsync(database, keys, values)))!;
        return new TrafficAnswer(answer[0], answer[1..]);
    }

    private static RedisValue Expected(long? revision) => revision?.ToString(CultureInfo.InvariantCulture) ?? "";
}
