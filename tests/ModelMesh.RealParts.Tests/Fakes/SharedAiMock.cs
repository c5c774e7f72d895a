using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Fakes;

/// <summary>The aimock that tests share, started by the first that asks for it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedAiMock : IAsyncLifetime, ICollectionFixture<SharedAiMock>
{
    public const string Name = "aimock";

    private readonly Lazy<Task<AiMock>> _server = new(() => AiMock.StartAsync());

    public Task<AiMock> Server => _server.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
