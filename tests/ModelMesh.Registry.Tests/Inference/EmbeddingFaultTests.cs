using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class EmbeddingFaultTests
{
    private const string Secret = "hush-embedding-51c0ffee";

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public async Task Execute_AVectorThatJsonCannotWrite_IsTheBackendsErrorAndTheSlotIsGivenBack(string number)
    {
        await using var registry = await StartAsync();
        var error = await Assert.ThrowsAsync<MeshException>(() => registry.Embeddings.ExecuteAsync(Request("0.5", number), CancellationToken.None));

        Assert.Equal(ErrorCode.BackendError, error.Code);
        Assert.Empty(registry.Leases.Held);
    }

    [Fact]
    public async Task Execute_TheCallerGoesAndTheBackendTellsItsSecret_WhatIsThrownDoesNot()
    {
        await using var registry = await StartAsync();
        using var gone = new CancellationTokenSource();
        var call = registry.Embeddings.ExecuteAsync(Request("wait"), gone.Token);
        await Eventually.HoldsAsync(() => registry.Leases.Held.Count == 1, "the call runs");
        await gone.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.DoesNotContain(Secret, thrown.ToString(), StringComparison.Ordinal);
    }

    private static async Task<TestRegistry> StartAsync()
    {
        var registry = await TestRegistry.StartAsync(("Backends:leaky:ApiKey", Secret));
        registry.Folders.Drop(TestPlugin("Leaky"), "Leaky");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("leaky") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("leaky"));
        return registry;
    }

    private static EmbeddingRequest Request(params string[] inputs) => new("r", new ModelId("chat", "v1"), inputs);
}
