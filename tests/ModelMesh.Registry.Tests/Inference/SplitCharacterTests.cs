using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class SplitCharacterTests
{
    [Fact]
    public async Task Infer_ABackendCutsACharacterInTwo_ItArrivesWhole() => Assert.Equal(["a", "👍", "b"], await TokensAsync("chars,a👍b"));

    [Fact]
    public async Task Infer_ABackendEndsWithinACharacter_TheHalfIsStillSent() => Assert.Equal(["a", "\ufffd"], await TokensAsync("half"));

    private static async Task<IReadOnlyList<string>> TokensAsync(string input)
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("good"));
        using var call = registry.Infer(input);
        await call.CompletedAsync();
        return call.Tokens;
    }
}
