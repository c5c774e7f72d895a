using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

/// <summary>The Lemonade that tests share, started by the first that asks for it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedLemonade : IAsyncLifetime, ICollectionFixture<SharedLemonade>
{
    public const string Name = "Lemonade";

    private readonly Lazy<Task<Lemonade>> _server = new(Lemonade.StartAsync);

    public Task<Lemonade> Server => _server.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
