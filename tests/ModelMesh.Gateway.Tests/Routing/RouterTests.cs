using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class RouterTests
{
    private static readonly ModelVersion[] Models =
    [
        FakeCatalog.Model("chat", "v1", weight: 90) with { Adapters = ["sql"], Cost = 5 },
        FakeCatalog.Model("chat", "v2", weight: 10) with { Adapters = ["sql"], Cost = 5 },
        FakeCatalog.Model("chat", "v3", weight: 0),
        FakeCatalog.Model("small") with { Capabilities = ["tools"], Cost = 1 },
        FakeCatalog.Model("seer") with { Capabilities = ["tools", "vision"], Cost = 3 },
        FakeCatalog.Model("seer", "cheap", weight: 1) with { Capabilities = ["tools"], Cost = 0.1 },
        FakeCatalog.Model("spare"),
        FakeCatalog.Model("idle", weight: 0),
    ];

    private static readonly CatalogSnapshot Catalog = Dry.Catalog(
        Models,
        Dry.Alias("chat-prod", "chat", "v3"),
        Dry.Alias("chat-any", "chat"),
        Dry.Alias("spare", "small"),
        new RoutingDefaults { Default = new ModelTarget("chat-prod") });

    [Theory]
    [InlineData("chat", "model chat@v1 chat@v2")]
    [InlineData("chat@v2", "model chat@v2!")]
    [InlineData("chat:sql", "model chat@v1:sql chat@v2:sql")]
    [InlineData("chat-prod", "model chat@v3")]
    [InlineData("chat-any", "model chat@v1 chat@v2")]
    [InlineData("chat-any:sql", "model chat@v1:sql chat@v2:sql")]
    [InlineData("chat-any@v2", "model chat@v2!")]
    [InlineData("chat-any:sql@v2", "model chat@v2:sql!")]
    [InlineData("chat-prod@v1", "unknownmodel")]
    [InlineData("chat-prod@v3", "unknownmodel")]
    [InlineData("chat-prod:sql", "unknownmodel")]
    [InlineData("spare", "model spare@v1")]
    [InlineData("idle", "unknownmodel")]
    [InlineData("nobody", "unknownmodel")]
    [InlineData("", "default chat@v3")]
    public void Model_NamedInAnyWay_IsTakenAndAnAliasStandsForItsTarget(string model, string expected) =>
        Assert.Equal(expected, Dry.Route(Catalog, new RoutingRequest { Model = model, IsReference = true }));

    [Fact]
    public void Version_BesideAnAliasThatNamesNone_IsTakenAsNamed() =>
        Assert.Equal("model chat@v3!", Dry.Route(Catalog, new RoutingRequest { Model = "chat-any", Version = "v3" }));

    [Theory]
    [InlineData("tools", "", "", "capabilities small@v1")]
    [InlineData("", "tools", "", "capabilities small@v1")]
    [InlineData("vision", "tools", "", "capabilities seer@v1")]
    [InlineData("tools", "", "small@v1 seer@cheap", "capabilities seer@v1")]
    [InlineData("", "json", "", "default chat@v3")]
    [InlineData("tools", "json", "", "capabilities small@v1")]
    [InlineData("", "vision", "seer@v1", "default chat@v3")]
    [InlineData("vision", "", "seer@v1", "capabilities seer@v1")]
    [InlineData("juggling", "", "", "missingcapability")]
    [InlineData("juggling", "tools", "", "missingcapability")]
    public void NoModel_WithCapabilities_TakesTheCheapestThatHasThemAndDemandsAreNeverIgnored(string demanded, string implied, string notReady, string expected)
    {
        var catalog = Dry.Catalog(Models.Where(model => model.Version != "cheap"), [.. Catalog.Traffic.Entries.Values]);

        Assert.Equal(expected, Dry.Route(catalog, new RoutingRequest { Demanded = Words(demanded), Implied = Words(implied) }, model => !Words(notReady).Contains($"{model.Name}@{model.Version}")));
    }

    [Fact]
    public void NoModel_CheapestByAVersion_SharesAmongTheVersionsThatFit() =>
        Assert.Equal("capabilities seer@v1 seer@cheap", Dry.Route(Catalog, new RoutingRequest { Demanded = ["tools"] }, roll: 0.5));

    [Fact]
    public void NoModel_OfEqualCost_TakesTheFirstByName() =>
        Assert.Equal("capabilities a@v1", Dry.Route(Dry.Catalog([FakeCatalog.Model("b") with { Capabilities = ["x"] }, FakeCatalog.Model("a") with { Capabilities = ["x"] }]), new RoutingRequest { Demanded = ["x"] }));

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    [InlineData("idle")]
    public void NoModel_WithoutADefaultThatServes_IsRefusedAndSaysWhatCouldBeConfigured(string? target)
    {
        var catalog = Dry.Catalog(Models, new RoutingDefaults { Default = target is null ? null : new ModelTarget(target) });

        Assert.Equal("nothing", Dry.Route(catalog, new RoutingRequest()));
        Assert.Equal(
            "model: is required: no rule, no capability that the request needs and no routing default sends requests without it anywhere; an operator can configure one",
            RoutingRefusal.For(catalog, new RoutingRequest(), RoutedBy.Nothing).Message);
    }

    [Theory]
    [InlineData("chat-prod@v1", "The alias 'chat-prod' stands for version 'v3' of model 'chat', and no other version can be named beside it; name the model itself.")]
    [InlineData("chat-any:poems", "Model 'chat' has no adapter 'poems'. Its adapters: sql.")]
    [InlineData("chat-any@v9", "Model 'chat' has no version 'v9'. Its versions: v1, v2, v3.")]
    [InlineData("nobody", "Model 'nobody' is not registered. Registered: chat, idle, seer, small, spare. Aliases: chat-any, chat-prod, spare.")]
    public void Refusal_OfAModel_SaysWhatThereIs(string model, string expected) =>
        Assert.Equal(expected, RoutingRefusal.For(Catalog, new RoutingRequest { Model = model, IsReference = true }, RoutedBy.UnknownModel).Message);

    [Fact]
    public void Refusal_OfACapability_NamesThoseThereAre() => Assert.Equal(
        "No model that takes requests without a model's name has the capabilities that this one demands: juggling. Capabilities of models: tools, vision.",
        RoutingRefusal.For(Catalog, new RoutingRequest { Demanded = ["juggling"] }, RoutedBy.MissingCapability).Message);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
