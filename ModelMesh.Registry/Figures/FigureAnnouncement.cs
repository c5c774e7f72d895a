using System.Globalization;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Figures;
using ModelMesh.Registry.Instances;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Figures;

/// <summary>
/// Writes this replica's figures to the store: a hash that expires with its instance. Not thread-safe. Each time: 1. put off its expiry; 2. where it is not there, or it is not
/// certain what it holds, write all of it; 3. else only what has changed.
/// </summary>
internal sealed class FigureAnnouncement(StoreConnection store, IInstanceIdentity instance, IOptions<InstanceOptions> options)
{
    // A store may limit how long one command is.
    private const int FieldsACommand = 200;

    private readonly RedisKey _key = store.Keys.InstanceModels(instance.Id);
    private readonly TimeSpan _ttl = options.Value.Ttl;
    private IReadOnlyDictionary<string, string>? _written;
    private long _sequence;

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task WriteAsync(IReadOnlyDictionary<string, string> entries)
    {
        // Until the store has answered.
        var written = _written;
        _written = null;

        // 1.
        if (!await store.RunAsync(StoreCommands.FiguresWrite, database => database.KeyExpireAsync(_key, _ttl)) || written is null)
        {
            // 2.
            await ApplyAsync(isNew: true, [.. entries], []);
        }
        else if (entries.Where(entry => written.GetValueOrDefault(entry.Key) != entry.Value).ToArray() is var changed
            && written.Keys.Where(id => !entries.ContainsKey(id)).ToArray() is var gone
            && changed.Length + gone.Length > 0)
        {
            // 3.
            await ApplyAsync(isNew: false, changed, gone);
        }

        _written = entries;
    }

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task RemoveAsync() => store.RunAsync(StoreCommands.FiguresWrite, database => database.KeyDeleteAsync(_key));

    private Task<bool> ApplyAsync(bool isNew, KeyValuePair<string, string>[] changed, string[] gone) => store.RunAsync(StoreCommands.FiguresWrite, async database =>
    {
        // One transaction: a reader sees all of it or nothing, and never a hash that does not expire.
        var transaction = database.CreateTransaction();
        List<Task> parts = [];
        if (isNew)
        {
            parts.Add(transaction.KeyDeleteAsync(_key));
        }

        foreach (var some in changed.Chunk(FieldsACommand))
        {
            parts.Add(transaction.HashSetAsync(_key, [.. some.Select(entry => new HashEntry(entry.Key, entry.Value))]));
        }

        foreach (var some in gone.Chunk(FieldsACommand))
        {
            parts.Add(transaction.HashDeleteAsync(_key, [.. some.Select(id => (RedisValue)id)]));
        }

        parts.Add(transaction.HashSetAsync(
            _key,
            [
                new HashEntry(FigureFields.Format, FigureFields.CurrentFormat.ToString(CultureInfo.InvariantCulture)),
                new HashEntry(FigureFields.Sequence, (++_sequence).ToString(CultureInfo.InvariantCulture)),
            ]));
        parts.Add(transaction.KeyExpireAsync(_key, _ttl));
        var done = await transaction.ExecuteAsync();
        await Task.WhenAll(parts);
        return done;
    });
}
