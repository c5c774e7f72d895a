using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>Counts a model's leases where they are, without the mesh in between: a test measures milliseconds with it.</summary>
internal sealed class LeaseCount(ConnectionMultiplexer connection) : IAsyncDisposable
{
    public static async Task<LeaseCount> ConnectAsync(string connectionString) => new(await ConnectionMultiplexer.ConnectAsync(connectionString));

    public async Task<long> OfAsync(string model) => await connection.GetDatabase().SortedSetLengthAsync(new StoreKeys("mesh").Leases(new ModelId(model, "v1")));

    public async ValueTask DisposeAsync()
    {
        await connection.CloseAsync();
        connection.Dispose();
    }
}
