using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

/// <summary>Each condition is the only one of a rule; it holds where the rule decides.</summary>
public sealed class ConditionTests
{
    private static readonly RoutingRequest Request = new()
    {
        Demanded = ["tools"],
        Implied = ["vision"],
        PromptLength = () => 12_000,
        UserTier = "pro",
        Header = name => name switch { "x-team" => "search", "x-count" => "7", _ => null },
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = "batch", ["dry"] = "true" },
        Metadata = Json("""{"team":{"name":"search","size":9},"a.b":"dotted","a":{"b":"inside","c":"only inside","":{"d":"unnamed"}},"x.y":{"z.w":"split","k":1},"x":{"y":{"k":2,"only":3}},"gone.on":null,"gone":{"on":1},"urgent":true,"tags":["red","blue",3],"nothing":null}"""),

        // A Sunday, in another zone still Monday.
        Time = new DateTimeOffset(2026, 3, 2, 1, 30, 0, TimeSpan.FromHours(4)),
    };

    [Theory]
    [InlineData("model", "exists", "false", true)]
    [InlineData("model", "exists", "true", false)]
    [InlineData("model", "eq", "\"x\"", false)]
    [InlineData("model", "ne", "\"x\"", true)]
    [InlineData("capability", "eq", "\"tools\"", true)]
    [InlineData("capability", "contains", "\"vision\"", true)]
    [InlineData("capability", "contains", "\"json\"", false)]
    [InlineData("capability", "contains", "\"tool\"", false)]
    [InlineData("capability", "ne", "\"json\"", true)]
    [InlineData("capability", "ne", "\"tools\"", false)]
    [InlineData("capability", "in", "[\"json\",\"vision\"]", true)]
    [InlineData("capability", "in", "[\"json\"]", false)]
    [InlineData("capability", "exists", null, true)]
    [InlineData("capability", "gt", "\"a\"", false)]
    [InlineData("prompt_length", "gt", "9000", true)]
    [InlineData("prompt_length", "gt", "12000", false)]
    [InlineData("prompt_length", "lt", "100000", true)]
    [InlineData("prompt_length", "eq", "1.2e4", true)]
    [InlineData("prompt_length", "in", "[1,12000]", true)]
    [InlineData("prompt_length", "eq", "\"12000\"", false)]
    [InlineData("user_tier", "eq", "\"pro\"", true)]
    [InlineData("user_tier", "eq", "\"Pro\"", false)]
    [InlineData("user_tier", "in", "[\"free\",\"pro\"]", true)]
    [InlineData("user_tier", "contains", "\"r\"", true)]
    [InlineData("header.x-team", "eq", "\"search\"", true)]
    [InlineData("header.x-count", "gt", "6", true)]
    [InlineData("header.x-count", "lt", "6", false)]
    [InlineData("header.x-count", "gt", "\"6\"", true)]
    [InlineData("header.x-team", "gt", "6", false)]
    [InlineData("header.x-none", "exists", "false", true)]
    [InlineData("header.x-none", "exists", null, false)]
    [InlineData("header.x-none", "ne", "\"a\"", true)]
    [InlineData("header.x-none", "in", "[\"a\"]", false)]
    [InlineData("header.x-none", "contains", "\"\"", false)]
    [InlineData("label.kind", "eq", "\"batch\"", true)]
    [InlineData("label.dry", "eq", "true", true)]
    [InlineData("label.dry", "eq", "false", false)]
    [InlineData("label.Kind", "exists", null, false)]
    [InlineData("metadata.team.name", "eq", "\"search\"", true)]
    [InlineData("metadata.team.size", "gt", "8.5", true)]
    [InlineData("metadata.team", "exists", null, true)]
    [InlineData("metadata.team", "eq", "\"search\"", false)]
    [InlineData("metadata.a.b", "eq", "\"dotted\"", true)]
    [InlineData("metadata.a.b", "eq", "\"inside\"", false)]
    [InlineData("metadata.a.c", "eq", "\"only inside\"", true)]
    [InlineData("metadata.a..d", "eq", "\"unnamed\"", true)]
    [InlineData("metadata.x.y.z.w", "eq", "\"split\"", true)]
    [InlineData("metadata.x.y.k", "eq", "1", true)]
    [InlineData("metadata.x.y.only", "eq", "3", true)]
    [InlineData("metadata.gone.on", "exists", "false", true)]
    [InlineData("metadata.tags.0", "exists", null, false)]
    [InlineData("metadata.team.", "exists", null, false)]
    [InlineData("metadata.urgent", "eq", "true", true)]
    [InlineData("metadata.urgent", "ne", "false", true)]
    [InlineData("metadata.tags", "contains", "\"blue\"", true)]
    [InlineData("metadata.tags", "contains", "3", true)]
    [InlineData("metadata.tags", "in", "[\"green\",\"red\"]", true)]
    [InlineData("metadata.nothing", "exists", "false", true)]
    [InlineData("metadata.team.name.deeper", "exists", null, false)]
    [InlineData("time", "eq", "\"21:30\"", true)]
    [InlineData("time", "gt", "\"9:00\"", true)]
    [InlineData("time", "lt", "\"22:00\"", true)]
    [InlineData("time", "gt", "\"21:30\"", false)]
    [InlineData("time.weekday", "eq", "\"sun\"", true)]
    [InlineData("time.weekday", "in", "[\"sat\",\"sun\"]", true)]
    [InlineData("time.weekday", "eq", "\"mon\"", false)]
    [InlineData("no_such_field", "exists", null, false)]
    [InlineData("user_tier", "no_such_operator", "\"pro\"", false)]
    public void Condition_OnAField_HoldsAsItSays(string field, string comparison, string? value, bool holds)
    {
        var rule = Dry.Rule("r", "chat", conditions: new RuleCondition(field, comparison, value is null ? null : Json(value)));
        var trace = new RoutingTrace();

        var route = Dry.Route(Dry.Catalog([FakeCatalog.Model()], rule), Request, trace: trace);

        Assert.Equal(holds, route == "rule:r chat@v1");
        Assert.Equal(holds, Assert.Single(Assert.Single(trace.Rules).Conditions).Holds);
    }

    [Theory]
    [InlineData("tools", true)]
    [InlineData("vision", false)]
    public void Conditions_OfOneRule_AllHaveToHold(string capability, bool holds)
    {
        var rule = Dry.Rule("r", "chat", 0, 100, new RuleCondition("capability", "eq", Json($"\"{capability}\"")), new RuleCondition("user_tier", "eq", Json("\"pro\"")));

        var route = Dry.Route(Dry.Catalog([FakeCatalog.Model()], rule), new RoutingRequest { Implied = ["tools"], UserTier = "pro" });

        Assert.Equal(holds, route == "rule:r chat@v1");
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
