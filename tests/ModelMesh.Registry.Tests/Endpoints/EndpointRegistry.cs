using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Endpoints;

/// <summary>One registry for all tests of a class; each has a model of its own.</summary>
public sealed class EndpointRegistry : IAsyncLifetime
{
    internal TestRegistry Registry { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var folders = new PluginFolders();
        folders.Drop(TestPlugin("Patient"), "Patient");
        Registry = await TestRegistry.StartAsync(folders, ("Inference:AbandonAfter", "00:00:00.1"));
    }

    public async Task DisposeAsync() => await Registry.DisposeAsync();
}
