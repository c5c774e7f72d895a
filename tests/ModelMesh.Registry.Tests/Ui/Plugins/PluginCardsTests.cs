using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Ui.Plugins;
using ModelMesh.ServiceDefaults.Catalog;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Plugins;

public sealed class PluginCardsTests
{
    private static readonly InstancePlugin Ready = new("mock", "1.0.0", "ready") { Folder = "/plugins/Mock" };

    [Fact]
    public void Of_OnePluginOnTwoInstances_IsOneCardWithBothAndItsModels()
    {
        var catalog = CatalogSnapshot.Create(2, [Model("b/c:7@x", "mock"), Model("a", "mock"), Model("other", "openai")]);

        var card = Assert.Single(PluginCards.Of([Instance("one", Ready), Instance("two", Ready with { Folder = @"D:\plugins\Mock" })], catalog));

        Assert.Equal(("Mock", "mock", "ready"), (card.Key, card.Type, card.State));
        var finding = Assert.Single(card.Findings);
        Assert.Equal(["one", "two"], finding.Instances.AsEnumerable());
        Assert.Equal(["/plugins/Mock", @"D:\plugins\Mock"], finding.Folders.AsEnumerable());
        Assert.Equal(["a", "b/c:7@x"], card.Models.Select(model => model.Name));
        Assert.Equal("/ui/models/b%2Fc%3A7%40x/versions/v1", card.Models[1].Path);
    }

    [Fact]
    public void Of_APluginThatFailedOnOneInstance_SaysThatTheyDifferAndShowsTheFailureFirst()
    {
        var failed = new InstancePlugin("", "", "failed") { Folder = "/plugins/Mock", Error = "It has no factory." };

        var card = Assert.Single(PluginCards.Of([Instance("one", Ready), Instance("two", failed)], CatalogSnapshot.Empty));

        Assert.Equal(("mixed", "mock"), (card.State, card.Type));
        Assert.Equal([("failed", "It has no factory.", "two"), ("ready", null, "one")], card.Findings.Select(finding => (finding.State, finding.Error, Assert.Single(finding.Instances))));
    }

    [Fact]
    public void Of_SeveralPlugins_ShowsThoseThatNeedSomebodyFirst()
    {
        var refused = new InstancePlugin("zeta", "1.0.0", "ready") { Folder = "/plugins/Zeta", Error = "The folder's new content was refused: why" };

        Assert.Equal(["Zeta", "Mock"], PluginCards.Of([Instance("one", Ready, refused)], CatalogSnapshot.Empty).Select(card => card.Key));
    }

    [Fact]
    public void Of_EarlierBuildsOnTwoInstances_AreCountedTogether()
    {
        var card = Assert.Single(PluginCards.Of([Instance("one", Ready with { EarlierBuilds = 2 }), Instance("two", Ready with { EarlierBuilds = 1 })], CatalogSnapshot.Empty));

        Assert.Equal(3, card.EarlierBuilds);
    }

    [Theory]
    [InlineData("mock", 1)]
    [InlineData("other", 0)]
    public void Of_ARemovedPlugin_IsShownForAsLongAsModelsWaitForIt(string typeOfModels, int shown) =>
        Assert.Equal(shown, PluginCards.Of([Instance("one", Ready with { State = "removed" })], CatalogSnapshot.Create(1, [Model("a", typeOfModels)])).Length);

    private static InstanceInfo Instance(string id, params InstancePlugin[] plugins) => new(id, "http://h:1", "http://h:2", plugins, DateTimeOffset.UnixEpoch);

    private static ModelVersion Model(string name, string type) => new() { Name = name, Version = "v1", BackendType = type };
}
