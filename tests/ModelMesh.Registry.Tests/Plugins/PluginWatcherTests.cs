using System.Net;
using System.Text.Json.Nodes;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class PluginWatcherTests
{
    [Fact]
    public async Task Start_TheFirstFolderHangs_ReadyWithTheOthersAndItIsShownAsLoading()
    {
        await using var registry = await StartWithAHangingFolderAsync();
        var health = await registry.Http.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Contains("Not loaded: Misbehaving.", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var body = JsonNode.Parse(await registry.Http.GetStringAsync(new Uri("/backends", UriKind.Relative)))!;
        Assert.Equal(
            ["Misbehaving loading", "ModelMesh.Backends.Mock ready"],
            body["backends"]!.AsArray().Select(item => $"{item!["plugin"]} {item["state"]}").Order(StringComparer.Ordinal));
        Assert.Equal("No plugin serves backend type 'nope'. Still being loaded: Misbehaving.", registry.Plugins.WhyMissing("nope"));
        Assert.True(registry.Plugins.IsLoading, "whoever registers a model of that type is told to come back, not that it is wrong");
    }

    [Fact]
    public async Task Run_AFolderHangs_OthersAreDroppedReplacedAndRemovedMeanwhile()
    {
        await using var registry = await StartWithAHangingFolderAsync();
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good")?.Version == "1.0.0", "the drop is served");
        registry.Folders.Drop(TestPlugin("GoodV2"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good")?.Version == "2.0.0", "the replacement is served");
        Directory.Delete(registry.Folders["Good"], recursive: true);
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is null, "the removal is seen");
    }

    [Fact]
    public async Task Run_AFolderThatHangsIsDropped_LaterDropsAreServed()
    {
        await using var registry = await TestRegistry.StartAsync(("Plugins:LoadTimeout", "00:01:00"));
        registry.Folders.DropMisbehaving("hang");
        await Eventually.HoldsAsync(() => registry.Plugins.Table.Entries.Any(entry => entry.Folder.Name == "Misbehaving"), "it is being loaded");
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");

        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the later drop is served");
    }

    private static Task<TestRegistry> StartWithAHangingFolderAsync()
    {
        var folders = new PluginFolders();
        folders.DropMisbehaving("hang");
        folders.DropMock();
        return TestRegistry.StartAsync(folders, ("Plugins:LoadTimeout", "00:01:00"));
    }
}
