using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class RuleTests
{
    private static readonly ModelVersion[] Models =
        [FakeCatalog.Model("a") with { Adapters = ["sql"] }, FakeCatalog.Model("b") with { Adapters = ["sql"] }, FakeCatalog.Model("c"), FakeCatalog.Model("off", weight: 0)];

    private static readonly RuleCondition OfA = new("model", "eq", Json("\"a\""));

    [Theory]
    [InlineData("a", "rule:r b@v1")]
    [InlineData("c", "model c@v1")]
    [InlineData("a@v1", "model a@v1!")]
    [InlineData("a:sql", "rule:r b@v1:sql")]
    [InlineData("alias-of-a", "model a@v1")]
    [InlineData("", "default c@v1")]
    public void RuleOnModel_MeetsRequestsThatNameItWithoutAVersion(string model, string expected) =>
        Assert.Equal(expected, Route(model, Dry.Rule("r", "b", conditions: OfA), Dry.Alias("alias-of-a", "a")));

    [Fact]
    public void RuleOnModel_OfANameThatNobodyRegistered_SendsItWhereTheRuleSays()
    {
        var rule = Dry.Rule("r", "b", conditions: new RuleCondition("model", "eq", Json("\"gpt-9:mini\"")));

        Assert.Equal("rule:r b@v1", Route("gpt-9:mini", rule));
        Assert.Equal("rule:r b@v1", Dry.Route(Dry.Catalog(Models, rule), new RoutingRequest { Model = "gpt-9:mini:latest", IsReference = true, DefaultTag = ":latest" }));
    }

    [Fact]
    public void RuleWithoutAConditionOnModel_MeetsOnlyRequestsThatNameNone()
    {
        var rule = Dry.Rule("r", "b");

        Assert.Equal("rule:r b@v1", Route("", rule));
        Assert.Equal("model a@v1", Route("a", rule));
    }

    [Fact]
    public void RuleOnModel_ThatDoesNotExistHolds_MeetsRequestsThatNameNone() =>
        Assert.Equal("rule:r b@v1", Route("", Dry.Rule("r", "b", conditions: new RuleCondition("model", "exists", Json("false")))));

    [Fact]
    public void HighestPriority_OfThoseThatAreMet_Decides() =>
        Assert.Equal("rule:high b@v1", Route("", Dry.Rule("low", "a", priority: -5), Dry.Rule("high", "b", priority: 7), Dry.Rule("unmet", "c", 9, 100, new RuleCondition("user_tier", "eq", Json("\"x\"")))));

    [Theory]
    [InlineData("nobody")]
    [InlineData("off")]
    public void Rule_WhoseTargetServesNothing_IsSkippedAndTheExplanationSaysSo(string target)
    {
        var trace = new RoutingTrace();

        var route = Dry.Route(Dry.Catalog(Models, Dry.Rule("broken", target, priority: 9), Dry.Rule("whole", "b")), new RoutingRequest(), trace: trace);

        Assert.Equal("rule:whole b@v1", route);
        Assert.StartsWith($"its target '{target}' ", trace.Rules[0].Outcome, StringComparison.Ordinal);
        Assert.All(trace.Rules[0].Conditions, condition => Assert.True(condition.Holds));
    }

    [Fact]
    public void Rule_WhoseTargetLacksTheAdapterThatIsNamed_IsSkipped() =>
        Assert.Equal("model a@v1:sql", Route("a:sql", Dry.Rule("r", "c", conditions: OfA)));

    [Fact]
    public void Rule_ThatIsDisabledOrHasNoWeight_IsSkipped() =>
        Assert.Equal("default c@v1", Route("", Dry.Rule("off", "a") with { Enabled = false }, Dry.Rule("none", "b", weight: 0)));

    [Theory]
    [InlineData(0.0, "rule:one a@v1")]
    [InlineData(0.29, "rule:one a@v1")]
    [InlineData(0.31, "rule:two b@v1")]
    [InlineData(null, "rule:two b@v1")]
    public void Rules_OfOnePriority_ShareByWeight(double? roll, string expected) =>
        Assert.Equal(expected, Dry.Route(Dry.Catalog(Models, Dry.Rule("one", "a", weight: 30), Dry.Rule("two", "b", weight: 70)), new RoutingRequest(), roll: roll));

    [Fact]
    public void Rules_OfOnePriority_AreSharedByHashKeyAlwaysAlikeAndByWeight()
    {
        var catalog = Dry.Catalog(Models, Dry.Rule("one", "a", weight: 30), Dry.Rule("two", "b", weight: 70));

        var first = Enumerable.Range(0, 2_000).Select(i => Dry.Route(catalog, new RoutingRequest { HashKey = $"user-{i}" }, roll: 0)).ToArray();
        var again = Enumerable.Range(0, 2_000).Select(i => Dry.Route(catalog, new RoutingRequest { HashKey = $"user-{i}" }, roll: 0.99)).ToArray();

        Assert.Equal(first, again);
        Assert.InRange(first.Count(route => route.StartsWith("rule:one", StringComparison.Ordinal)) / 2_000.0, 0.25, 0.35);
    }

    private static string Route(string model, params ITrafficEntry[] entries) =>
        Dry.Route(Dry.Catalog(Models, [new RoutingDefaults { Default = new ModelTarget("c") }, .. entries]), new RoutingRequest { Model = model, IsReference = true });

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
