using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

/// <summary>The servers of llama.cpp that tests share, each started by the first that asks for it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedLlama : IAsyncLifetime, ICollectionFixture<SharedLlama>
{
    public const string Name = "llama.cpp's server";

    private readonly Lazy<Task<LlamaServer>> _tiny = new(() => LlamaServer.StartAsync(LlamaModel.Tiny));
    private readonly Lazy<Task<LlamaServer>> _slow = new(() => LlamaServer.StartAsync(LlamaModel.Slow));
    private readonly Lazy<Task<LlamaServer>> _embedding = new(() => LlamaServer.StartAsync(LlamaModel.Tiny, "--embeddings", "--pooling", "mean"));

    /// <summary>For what is said.</summary>
    public Task<LlamaServer> Tiny => _tiny.Value;

    /// <summary>For what has to last.</summary>
    public Task<LlamaServer> Slow => _slow.Value;

    /// <summary>For embeddings alone.</summary>
    public Task<LlamaServer> Embedding => _embedding.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in (Lazy<Task<LlamaServer>>[])[_tiny, _slow, _embedding])
        {
            if (server.IsValueCreated)
            {
                await (await server.Value).DisposeAsync();
            }
        }
    }
}
