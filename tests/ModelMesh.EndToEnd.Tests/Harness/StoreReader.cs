using System.Text;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>Reads what the store holds, without the mesh in between: a test measures milliseconds with it, and does not take the mesh's word.</summary>
internal sealed class StoreReader(ConnectionMultiplexer connection) : IAsyncDisposable
{
    private readonly StoreKeys _keys = new("mesh");

    public static async Task<StoreReader> ConnectAsync(string connectionString) => new(await ConnectionMultiplexer.ConnectAsync(connectionString));

    /// <summary>A model's leases, expired ones that nobody purged yet among them.</summary>
    public async Task<long> LeasesOfAsync(string model) => await connection.GetDatabase().SortedSetLengthAsync(_keys.Leases(new ModelId(model, "v1")));

    /// <summary>The catalog's revision, then its entries: every change moves the one and touches the other.</summary>
    public async Task<IReadOnlyList<string>> CatalogAsync()
    {
        var database = connection.GetDatabase();
        var revision = await database.StringGetAsync(_keys.Revision);
        var entries = await database.HashGetAllAsync(_keys.Models);
        return [$"{revision}", .. entries.Select(entry => $"{entry.Name} {entry.Value}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Everything there is, whoever wrote it: each key with all of its value.</summary>
    public async Task<string> DumpAsync()
    {
        var database = connection.GetDatabase();
        var dump = new StringBuilder();
        foreach (var key in connection.GetServer(connection.GetEndPoints()[0]).Keys().ToList())
        {
            var values = await database.KeyTypeAsync(key) switch
            {
                RedisType.String => [$"{await database.StringGetAsync(key)}"],
                RedisType.Hash => (await database.HashGetAllAsync(key)).Select(entry => $"{entry.Name} {entry.Value}"),
                RedisType.Set => (await database.SetMembersAsync(key)).Select(member => $"{member}"),
                RedisType.SortedSet => (await database.SortedSetRangeByRankAsync(key)).Select(member => $"{member}"),
                var type => throw new NotSupportedException($"{key} is a {type}"),
            };
            dump.Append(key).Append(": ").AppendJoin('|', values).AppendLine();
        }

        return dump.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await connection.CloseAsync();
        connection.Dispose();
    }
}
