using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>One mesh of two replicas for the tests that leave it as they found it; those that break something start their own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedMesh : IAsyncLifetime, ICollectionFixture<SharedMesh>
{
    public const string Name = "shared mesh";

    internal MeshProcesses Mesh { get; private set; } = null!;

    public async Task InitializeAsync() => Mesh = await MeshProcesses.StartAsync();

    public async Task DisposeAsync() => await Mesh.DisposeAsync();
}
