using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Ui.Models.Form;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>What the form of a model version begins with.</summary>
public sealed class FormDraftTests
{
    private static readonly ModelVersion Full = new()
    {
        Name = "meta/llama:70b@fp8",
        Version = "v1",
        BackendType = "openai",
        Backend = JsonDocument.Parse("""{"api_key":"env:KEY","extra":{"ß":"<&\""}}""").RootElement,
        MaxConcurrency = 7,
        MaxQueue = 3,
        QueueTimeoutMs = 1_500,
        Weight = 20,
        Shadow = true,
        ShadowSample = 12.5,
        Capabilities = ["vision"],
        Labels = new Dictionary<string, string> { ["a.b"] = "c=d" },
        Adapters = ["sql"],
        Timeouts = new ModelTimeouts { FirstTokenMs = 5, IdleMs = 6 },
        Backends = [new ModelEndpoint { Endpoint = "http://one/", Weight = 3 }],
        Balancing = BalancingPolicies.RoundRobin,
        Resilience = new ModelResilience { MaxRetries = 0, HedgeAfterMs = 900 },
        Cache = new ModelCache { Enabled = false, TtlSeconds = 9 },
        Cost = 2.5,
        Draining = true,
        Revision = 12,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Body_OfAVersion_RegistersJustThatVersion(bool isShort)
    {
        var body = isShort ? ModelBodyJson.Short(Full) : ModelBodyJson.Of(Full);

        var parsed = ModelBodyParser.Parse(Encoding.UTF8.GetBytes(body), path: null);
        parsed.Faults.ThrowIfAny();
        Assert.Equal(ModelBodyJson.Of(Full), ModelBodyJson.Of(parsed.Model));
    }

    [Fact]
    public void Body_Short_SaysWhatIsNotTheDefault()
    {
        var body = JsonNode.Parse(ModelBodyJson.Short(new ModelVersion { Name = "a", Version = "v1", BackendType = "mock", MaxQueue = 5 }))!.AsObject();

        Assert.Equal(["name", "version", "backend_type", "max_concurrency", "weight", "max_queue"], body.Select(field => field.Key));
    }

    [Theory]
    [InlineData("v1", "v2")]
    [InlineData("v9", "v10")]
    [InlineData("1.0.3", "1.0.4")]
    [InlineData("rc07", "rc08")]
    [InlineData("stable", "stable-2")]
    [InlineData("taken1", "taken4")]
    [InlineData("20261121999999999", "202611211000000000")]
    public void Clone_TakesTheNextVersionThatIsFree(string version, string next) =>
        Assert.Equal(next, CloneDraft.Next(version, new HashSet<string> { "taken1", "taken2", "taken3" }));

    [Fact]
    public void Clone_BeginsWithoutTraffic()
    {
        var clone = CloneDraft.Of(Full, ["v1", "v2"]);

        Assert.Equal(("v3", 0), (clone.Version, clone.Weight));
        Assert.Equal(Full.Resilience, clone.Resilience);
    }
}
