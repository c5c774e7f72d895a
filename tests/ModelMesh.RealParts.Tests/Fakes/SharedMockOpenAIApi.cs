using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Fakes;

/// <summary>The mock-openai-api that tests share, started by the first that asks for it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedMockOpenAIApi : IAsyncLifetime, ICollectionFixture<SharedMockOpenAIApi>
{
    public const string Name = "mock-openai-api";

    private readonly Lazy<Task<MockOpenAIApi>> _server = new(MockOpenAIApi.StartAsync);

    public Task<MockOpenAIApi> Server => _server.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
