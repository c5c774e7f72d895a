using System.Globalization;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Traffic;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>Reads the catalog from the store. An entry that cannot be read is left out and logged: it must not take the others with it.</summary>
internal sealed partial class CatalogReader(StoreConnection store, TimeSpan loadTimeout, ILogger logger)
{
    public async Task<long> RevisionAsync() => Number(await store.RunAsync(StoreCommands.CatalogRevision, database => database.StringGetAsync(store.Keys.Revision)));

    /// <summary>Everything, in one transaction, so that revision and content belong together. What did not change is taken over from <paramref name="known"/>.</summary>
    public async Task<CatalogSnapshot> AllAsync(CatalogSnapshot known)
    {
        var (revision, models, traffic) = await store.RunAsync(StoreCommands.CatalogRead, ReadAllAsync, loadTimeout);
        return CatalogSnapshot.Create(
            Number(revision),
            models.Select(entry => Read(known, entry.Name.ToString(), entry.Value.ToString())).OfType<ModelVersion>(),
            TrafficSnapshot.Create(traffic.Select(entry => ReadTraffic(entry.Name.ToString(), entry.Value.ToString())).OfType<KeyValuePair<TrafficId, ITrafficEntry>>()));
    }

    /// <summary>Some of it, after <paramref name="events"/> named it. It may be newer than the events, which then does no harm: theirs follow.</summary>
    public async Task<CatalogSnapshot> SomeAsync(CatalogSnapshot known, IReadOnlyList<CatalogEvent> events)
    {
        var revision = events[^1].Revision;
        var ids = events.Select(heard => heard.Id).Distinct(StringComparer.Ordinal).ToLookup(id => TrafficId.TryParse(id, out _));
        var (models, traffic) = (ids[false].ToArray(), ids[true].ToArray());
        var values = await store.RunAsync(StoreCommands.CatalogRead, database => Task.WhenAll(GetAsync(database, store.Keys.Models, models), GetAsync(database, store.Keys.Traffic, traffic)), loadTimeout);
        return WithModels(known, revision, models, values[0]).With(revision, WithTraffic(known.Traffic, traffic, values[1]));
    }

    private static Task<RedisValue[]> GetAsync(IDatabase database, RedisKey key, string[] fields) =>
        fields.Length == 0 ? Task.FromResult<RedisValue[]>([]) : database.HashGetAsync(key, [.. fields.Select(field => (RedisValue)field)]);

    private CatalogSnapshot WithModels(CatalogSnapshot known, long revision, string[] ids, RedisValue[] values)
    {
        var next = known;
        for (var i = 0; i < ids.Length; i++)
        {
            if (!values[i].IsNull && Read(known, ids[i], values[i].ToString()) is { } model)
            {
                next = next.With(revision, model);
            }
            else if (ModelId.TryParse(ids[i], out var id))
            {
                next = next.Without(revision, id);
            }
        }

        return next;
    }

    private TrafficSnapshot WithTraffic(TrafficSnapshot known, string[] ids, RedisValue[] values)
    {
        var next = known;
        for (var i = 0; i < ids.Length; i++)
        {
            if (!values[i].IsNull && ReadTraffic(ids[i], values[i].ToString()) is { } entry)
            {
                next = next.With(entry.Key, entry.Value);
            }
            else if (TrafficId.TryParse(ids[i], out var id))
            {
                next = next.Without(id);
            }
        }

        return next;
    }

    private async Task<(RedisValue Revision, HashEntry[] Models, HashEntry[] Traffic)> ReadAllAsync(IDatabase database)
    {
        var transaction = database.CreateTransaction();
        var revision = transaction.StringGetAsync(store.Keys.Revision);
        var models = transaction.HashGetAllAsync(store.Keys.Models);
        var traffic = transaction.HashGetAllAsync(store.Keys.Traffic);
        await transaction.ExecuteAsync();
        return (await revision, await models, await traffic);
    }

    private ModelVersion? Read(CatalogSnapshot known, string id, string text)
    {
        if (ModelId.TryParse(id, out var key) && known.Find(key) is { } same && StoredModel.IsSame(text, same))
        {
            return same;
        }

        var model = StoredModel.Parse(text);
        if (model is null)
        {
            Unreadable(logger, id);
        }

        return model;
    }

    private KeyValuePair<TrafficId, ITrafficEntry>? ReadTraffic(string id, string text)
    {
        if (TrafficId.TryParse(id, out var key) && StoredTraffic.Parse(key.Kind, text) is { } entry)
        {
            return KeyValuePair.Create(key, entry);
        }

        Unreadable(logger, id);
        return null;
    }

    private static long Number(RedisValue value) => value.IsNull ? 0 : long.Parse(value.ToString(), CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 110, EventName = "CatalogEntryUnreadable", Level = LogLevel.Error, Message = "The catalog's entry {Id} cannot be read and is left out")]
    private static partial void Unreadable(ILogger logger, string id);
}
