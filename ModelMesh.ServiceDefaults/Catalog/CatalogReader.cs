using System.Globalization;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>Reads the catalog from the store. An entry that cannot be read is left out and logged: it must not take the others with it.</summary>
internal sealed partial class CatalogReader(StoreConnection store, TimeSpan loadTimeout, ILogger logger)
{
    public async Task<long> RevisionAsync() => Number(await store.RunAsync(database => database.StringGetAsync(store.Keys.Revision)));

    /// <summary>Everything, in one transaction, so that revision and content belong together. What did not change is taken over from <paramref name="known"/>.</summary>
    public async Task<CatalogSnapshot> AllAsync(CatalogSnapshot known)
    {
        var (revision, entries) = await store.RunAsync(ReadAllAsync, loadTimeout);
        return CatalogSnapshot.Create(Number(revision), entries.Select(entry => Read(known, entry.Name.ToString(), entry.Value.ToString())).OfType<ModelVersion>());
    }

    /// <summary>Some models, after <paramref name="events"/> named them. They may be newer than the events, which then does no harm: theirs follow.</summary>
    public async Task<CatalogSnapshot> SomeAsync(CatalogSnapshot known, IReadOnlyList<CatalogEvent> events)
    {
        var ids = events.Select(heard => heard.Id).Distinct(StringComparer.Ordinal).ToArray();
        var values = await store.RunAsync(database => database.HashGetAsync(store.Keys.Models, [.. ids.Select(id => (RedisValue)id)]), loadTimeout);
        var revision = events[^1].Revision;
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

    private async Task<(RedisValue Revision, HashEntry[] Entries)> ReadAllAsync(IDatabase database)
    {
        var transaction = database.CreateTransaction();
        var revision = transaction.StringGetAsync(store.Keys.Revision);
        var entries = transaction.HashGetAllAsync(store.Keys.Models);
        await transaction.ExecuteAsync();
        return (await revision, await entries);
    }

    private ModelVersion? Read(CatalogSnapshot known, string id, string text)
    {
        var revision = StoredModel.RevisionOf(text);
        if (ModelId.TryParse(id, out var key) && known.Find(key) is { } same && same.Revision == revision)
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

    private static long Number(RedisValue value) => value.IsNull ? 0 : long.Parse(value.ToString(), CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 110, EventName = "CatalogEntryUnreadable", Level = LogLevel.Error, Message = "The catalog's entry {Id} cannot be read and is left out")]
    private static partial void Unreadable(ILogger logger, string id);
}
