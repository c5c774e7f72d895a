using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Models;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Gateway.Tests.Models;

public sealed class ModelsViewTests
{
    [Theory]
    [InlineData("chat", null, "chat", null, "v1 v2")]
    [InlineData("chat@v1", null, "chat", null, "v1")]
    [InlineData("chat:sql", null, "chat", "sql", "v2")]
    [InlineData("chat@v2:sql", null, "chat", "sql", "v2")]
    [InlineData("chat:sql@v2", null, "chat", "sql", "v2")]
    [InlineData("chat", "v2", "chat", null, "v2")]
    [InlineData("chat:sql", "v2", "chat", "sql", "v2")]
    [InlineData("Qwen/Qwen3-8B", null, "Qwen/Qwen3-8B", null, "v1")]
    [InlineData("old@v1", null, "old@v1", null, "v9")]
    [InlineData("old:sql", null, "old:sql", null, "v9")]
    public void Find_ByWhatAClientWrites_TakesTheExactNameFirst(string id, string? version, string name, string? adapter, string versions)
    {
        var entry = View().Find(id, version);
        Assert.NotNull(entry);
        Assert.Equal((id, name, adapter, versions), (entry.Id, entry.Name, entry.Modelmesh.Adapter, string.Join(' ', entry.Modelmesh.Versions.Select(one => one.Version))));
        Assert.Equal(adapter is null ? null : name, entry.Parent);
    }

    [Theory]
    [InlineData("chat@v3", null)]
    [InlineData("chat@v1:sql", null)]
    [InlineData("chat:law", null)]
    [InlineData("chat@v1", "v2")]
    [InlineData("CHAT", null)]
    [InlineData("", null)]
    public void Find_OfWhatIsNot_IsNull(string id, string? version) => Assert.Null(View().Find(id, version));

    [Fact]
    public void Entries_OfAnIdThatCanBeReadInTwoWays_HaveItOnce()
    {
        var view = View(FakeCatalog.Model("a") with { Adapters = ["b", "b:c"] }, FakeCatalog.Model("a:b") with { Adapters = ["c"] });
        Assert.Equal(["a", "a:b", "a:b:c"], view.Entries.Select(entry => entry.Id));
        Assert.Equal([null, null, "a:b"], view.Entries.Select(entry => entry.Parent));
    }

    [Fact]
    public void Entry_OfSeveralVersions_IsPutTogetherFromAllOfThem()
    {
        var since = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var view = View(
            FakeCatalog.Model(revision: 7) with { MaxConcurrency = 2, Capabilities = ["tools", "chat"], Labels = Label("tier", "gold"), CreatedAt = since.AddDays(1) },
            FakeCatalog.Model(version: "v2", shadow: true, revision: 5) with
            {
                BackendType = "vllm", MaxConcurrency = 3, Capabilities = ["chat", "vision"], Labels = Label("tier", "silver"), CreatedAt = since, Adapters = ["sql"],
            });

        var entry = view.Find("chat", null)!;

        Assert.Equal(("model", 1_700_000_000, "modelmesh"), (entry.Object, entry.Created, entry.OwnedBy));
        Assert.Equal(["chat", "tools", "vision"], entry.Modelmesh.Capabilities);
        Assert.Equal(["mock", "vllm"], entry.Modelmesh.BackendTypes);
        Assert.Equal("gold", entry.Modelmesh.Labels["tier"]);
        Assert.Equal((5, 7), (entry.Modelmesh.MaxConcurrency, entry.Modelmesh.Revision));
        Assert.Equal(["sql"], entry.Modelmesh.Adapters);
        Assert.Equal([false, true], entry.Modelmesh.Versions.Select(version => version.Shadow));
    }

    [Fact]
    public void View_AfterAChangeOfOneModel_MakesThatEntryAnewAndTakesOverTheRest()
    {
        var catalog = CatalogSnapshot.Create(2, [FakeCatalog.Model("a"), FakeCatalog.Model("b")]);
        var before = new ModelsView(catalog, MeshFigures.Empty);
        var changed = new ModelsView(catalog.With(3, FakeCatalog.Model("b", weight: 1, revision: 3)), MeshFigures.Empty, before);
        var told = new ModelsView(catalog, MeshFigures.Of([]), before);

        Assert.Same(before.Find("a", null), changed.Find("a", null));
        Assert.Equal(3, changed.Find("b", null)!.Modelmesh.Revision);
        Assert.NotSame(before.Find("a", null), told.Find("a", null));
    }

    private static ModelsView View() => View(
        FakeCatalog.Model(),
        FakeCatalog.Model(version: "v2") with { Adapters = ["sql"] },
        FakeCatalog.Model("Qwen/Qwen3-8B"),
        FakeCatalog.Model("old"),
        FakeCatalog.Model("old") with { Version = "v2", Adapters = ["sql"] },
        FakeCatalog.Model("old@v1", "v9"),
        FakeCatalog.Model("old:sql", "v9"));

    private static ModelsView View(params ModelVersion[] models) => new(CatalogSnapshot.Create(1, models), MeshFigures.Empty);

    private static Dictionary<string, string> Label(string key, string value) => new(StringComparer.Ordinal) { [key] = value };
}
