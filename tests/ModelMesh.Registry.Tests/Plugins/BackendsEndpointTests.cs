using System.Net;
using System.Text.Json.Nodes;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class BackendsEndpointTests
{
    [Fact]
    public async Task GetBackends_OneReadyOneFailedOneRemoved_EachWithItsStateReasonAndModels()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock());
        registry.Put(TestModel.Of("good", name: "other"));
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        registry.Folders.Drop(TestPlugin("NoAttribute"), "NoAttribute");
        await Eventually.HoldsAsync(() => registry.Plugins.Table.Entries.Count() == 3 && registry.Plugins.Find("good") is not null, "all were looked at");
        Directory.Delete(registry.Folders["Good"], recursive: true);
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is null, "it was removed");

        var body = JsonNode.Parse(await registry.Http.GetStringAsync(new Uri("/backends", UriKind.Relative)))!;
        var expected = JsonNode.Parse(
            """
            {"backends":[
              {"type":"good","plugin":"Good","version":"1.0.0","state":"removed","error":"The folder is gone.","models":1,"health":{"healthy":0,"starting":0,"unhealthy":0,"unknown":1}},
              {"type":"mock","plugin":"ModelMesh.Backends.Mock","version":"0.1.0","state":"ready","models":1,"health":{"healthy":0,"starting":0,"unhealthy":0,"unknown":1}},
              {"plugin":"NoAttribute","state":"failed","error":"It has no [assembly: BackendFactory(typeof(…))] that names its factory.","models":0}]}
            """);
        Assert.True(JsonNode.DeepEquals(expected, body), body.ToJsonString());
    }

    [Fact]
    public async Task GetBackends_TheLastModelOfARemovedPluginMovesToAnotherType_TheEntryIsDropped()
    {
        await using var registry = await TestRegistry.StartAsync();
        await PutOnARemovedPluginAsync(registry);
        Assert.Equal(["Good removed 1", "ModelMesh.Backends.Mock ready 0"], await ListAsync(registry));

        registry.Put(TestModel.Mock());
        Assert.Equal(["ModelMesh.Backends.Mock ready 1"], await ListAsync(registry));
    }

    [Fact]
    public async Task GetBackends_AnotherPluginTookOverTheTypeOfARemovedOne_TheModelsCountThereAndTheEntryIsDropped()
    {
        await using var registry = await TestRegistry.StartAsync();
        await PutOnARemovedPluginAsync(registry);
        registry.Folders.DropMisbehaving("good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the other serves it");

        Assert.Equal(["Misbehaving ready 1", "ModelMesh.Backends.Mock ready 0"], await ListAsync(registry));
    }

    [Fact]
    public async Task GetBackends_AReasonWithQuotes_ReadsAsWritten()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Folders.DropMisbehaving("mock");
        await Eventually.HoldsAsync(() => registry.Plugins.Table.Entries.Any(entry => entry.DuplicateOf is not null), "its type is taken");

        var text = await registry.Http.GetStringAsync(new Uri("/backends", UriKind.Relative));

        Assert.Contains("Backend type 'mock' is already served by the plugin 'ModelMesh.Backends.Mock'.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetHealth_PluginsLoadedAndOneBroken_ReadyAndNamesTheBrokenOne()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Folders.Drop(TestPlugin("NoAttribute"), "NoAttribute");
        await Eventually.HoldsAsync(() => registry.Plugins.Table.Entries.Any(entry => entry.Error is not null), "it failed");
        var response = await registry.Http.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Not loaded: NoAttribute.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task PutOnARemovedPluginAsync(TestRegistry registry)
    {
        registry.Put(TestModel.Of("good"));
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "it is served");
        Directory.Delete(registry.Folders["Good"], recursive: true);
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is null, "it was removed");
    }

    private static async Task<string[]> ListAsync(TestRegistry registry)
    {
        var body = JsonNode.Parse(await registry.Http.GetStringAsync(new Uri("/backends", UriKind.Relative)))!;
        return [.. body["backends"]!.AsArray().Select(item => $"{item!["plugin"]} {item["state"]} {item["models"]}").Order(StringComparer.Ordinal)];
    }
}
