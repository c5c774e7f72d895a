using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class FallbackTests
{
    private static readonly ModelVersion[] Models =
    [
        FakeCatalog.Model("chat", "v1", weight: 90) with { Capabilities = ["tools"], Adapters = ["sql"] },
        FakeCatalog.Model("chat", "v2", weight: 10) with { Capabilities = ["tools"], Adapters = ["sql"] },
        FakeCatalog.Model("able") with { Capabilities = ["tools"], Adapters = ["sql"] },
        FakeCatalog.Model("plain"),
        FakeCatalog.Model("last", "a", weight: 20) with { Capabilities = ["vision"] },
        FakeCatalog.Model("last", "b", weight: 80),
    ];

    [Theory]
    [InlineData("chat", "model chat@v1 chat@v2 able@v1 plain@v1")]
    [InlineData("chat@v2", "model chat@v2! able@v1 plain@v1")]
    [InlineData("chat:sql", "model chat@v1:sql chat@v2:sql able@v1:sql")]
    [InlineData("prod", "model chat@v1 chat@v2 last@a last@b")]
    [InlineData("test", "model chat@v1 chat@v2 able@v1 plain@v1")]
    [InlineData("plain", "model plain@v1")]
    [InlineData("", "default plain@v1 last@a last@b chat@v2")]
    public void Chain_OfWhatTheClientNamed_FollowsTheOtherVersionsAndHasNoneTwice(string model, string expected) =>
        Assert.Equal(expected, Route(new RoutingRequest { Model = model, IsReference = true }));

    [Fact]
    public void Chain_OfARulesTarget_CountsWhereTheNameThatTheClientGaveHasNone() =>
        Assert.Equal("rule:r chat@v1 chat@v2 able@v1 plain@v1", Route(new RoutingRequest { Model = "unheard" }, Dry.Rule("r", "chat", conditions: new RuleCondition("model", "exists"))));

    [Theory]
    [InlineData("tools", "", "model chat@v1 chat@v2 able@v1")]
    [InlineData("", "tools", "model chat@v1 chat@v2 able@v1")]
    [InlineData("", "vision", "model chat@v1 chat@v2 able@v1 plain@v1")]
    [InlineData("vision", "", "model chat@v1")]
    public void Fallback_ThatLacksACapability_IsLeftOutUnlessItOnlyFollowsAndTheFirstHasItNotEither(string demanded, string implied, string expected) =>
        Assert.Equal(expected, Route(new RoutingRequest { Model = "chat", Demanded = [.. demanded.Split(' ', StringSplitOptions.RemoveEmptyEntries)], Implied = [.. implied.Split(' ', StringSplitOptions.RemoveEmptyEntries)] }));

    [Fact]
    public void Fallback_WithAHashKey_SharesItsVersionsByTheKey()
    {
        var lasts = Enumerable.Range(0, 300).Select(i => Route(new RoutingRequest { Model = "prod", HashKey = $"user-{i}" }).Split(' ')[3]).ToArray();

        Assert.InRange(lasts.Count(route => route == "last@a"), 30, 90);
    }

    [Fact]
    public void Fallback_OfSeveralVersionsWhereOneIsNotReady_IsTheReadyOne() =>
        Assert.Equal("model chat@v1 last@a", Dry.Route(Dry.Catalog(Models, Settings, Dry.Alias("prod", "chat")), new RoutingRequest { Model = "prod" }, model => model.Version is "v1" or "a"));

    [Fact]
    public void Fallback_ThatIsNoLongerRegistered_IsLeftOutAndTheExplanationSaysSo()
    {
        var trace = new RoutingTrace();
        var routing = new RoutingDefaults { ModelFallbacks = new Dictionary<string, IReadOnlyList<ModelTarget>> { ["plain"] = [new("gone"), new("able")] } };

        Assert.Equal("model plain@v1 able@v1", Dry.Route(Dry.Catalog(Models, routing), new RoutingRequest { Model = "plain" }, trace: trace));
        Assert.Contains(trace.Versions, version => version is { Model: "gone", Place: null, Outcome: "left out: the fallback 'gone' is not registered" });
    }

    private static RoutingDefaults Settings { get; } = new()
    {
        Default = new ModelTarget("plain"),
        Fallbacks = [new("last"), new("chat", "v2"), new("plain")],
        ModelFallbacks = new Dictionary<string, IReadOnlyList<ModelTarget>>
        {
            ["chat"] = [new("able"), new("plain")],
            ["prod"] = [new("last"), new("chat")],
        },
    };

    private static string Route(RoutingRequest request, params ITrafficEntry[] entries) =>
        Dry.Route(Dry.Catalog(Models, [Settings, Dry.Alias("prod", "chat"), Dry.Alias("test", "chat"), .. entries]), request);
}
