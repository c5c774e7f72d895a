using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Traffic;

public sealed class CallerTests
{
    private static readonly Caller App = new() { Name = "app", KeySha256 = CallTraits.Sha256Of("secret"), Tier = "gold", Priority = 5 };
    private static readonly Caller Plain = new() { Name = "plain", KeySha256 = CallTraits.Sha256Of("other") };

    [Theory]
    [InlineData("Authorization", "Bearer secret", "app", "gold", 5)]
    [InlineData("Authorization", "bearer  secret ", "app", "gold", 5)]
    [InlineData("x-api-key", "secret", "app", "gold", 5)]
    [InlineData("x-api-key", "other", "plain", null, 0)]
    [InlineData("x-api-key", "unknown", null, null, null)]
    [InlineData("Authorization", "Basic secret", null, null, null)]
    [InlineData("x-other", "secret", null, null, null)]
    public void Key_OfACaller_TellsItsNameTierAndPriority(string header, string value, string? name, string? tier, int? priority)
    {
        var traits = Read(trustHeaders: true, (header, value));
        Assert.Equal((name, tier, priority), (traits.Caller, traits.Tier, traits.Priority));
    }

    [Theory]
    [InlineData(true, "secret", "silver", -7)]
    [InlineData(true, "unknown", "silver", -7)]
    [InlineData(false, "secret", "gold", 5)]
    [InlineData(false, "unknown", null, null)]
    public void Headers_OfTierAndPriority_CountWhereTheyAreTrusted(bool trusted, string key, string? tier, int? priority)
    {
        var traits = Read(trusted, ("x-api-key", key), ("x-modelmesh-tier", "silver"), ("x-modelmesh-priority", "-7"));
        Assert.Equal((tier, priority), (traits.Tier, traits.Priority));
    }

    [Fact]
    public void Header_AtFault_IsToldThoughItIsNotTrusted() =>
        Assert.Equal("x-modelmesh-priority", Assert.Single(Assert.Throws<MeshException>(() => Read(trustHeaders: false, ("x-modelmesh-priority", "high"))).Details).Field);

    [Theory]
    [InlineData("true", 100)]
    [InlineData("false", 5)]
    public async Task Priority_OfTheCaller_GoesToTheRegistryUnlessAHeaderCounts(string trusted, int priority)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()).With(App), [$"--Callers:TrustHeaders={trusted}"], registry);
        gateway.Client.DefaultRequestHeaders.Add("Authorization", "Bearer secret");
        gateway.Client.DefaultRequestHeaders.Add("x-modelmesh-priority", "100");

        using var response = await gateway.InferAsync();
        await response.Content.ReadAsStringAsync();

        Assert.Equal(priority, Assert.Single(registry.Calls).Request.Priority);
    }

    [Theory]
    [InlineData("true", "large")]
    [InlineData("false", "small")]
    public async Task Tier_ThatABodySays_CountsForRulesWhereClientsAreTrusted(string trusted, string model)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var catalog = new FakeCatalog(FakeCatalog.Model("small"), FakeCatalog.Model("large")).With(
            new RoutingDefaults { Default = new ModelTarget("small") },
            new RoutingRule { Name = "gold", Conditions = [new RuleCondition("user_tier", "eq", JsonElement.Parse("\"gold\""))], Target = new ModelTarget("large") });
        await using var gateway = await TestGateway.StartAsync(catalog, [$"--Callers:TrustHeaders={trusted}"], registry);

        using var response = await gateway.InferAsync("""{"input":"hi","user_tier":"gold"}""");
        await response.Content.ReadAsStringAsync();

        Assert.Equal(model, Assert.Single(registry.Calls).Request.Model);
    }

    private static CallTraits Read(bool trustHeaders, params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        return CallTraitsReader.Read(all, new FakeCatalog().With(App, Plain).Current.Traffic.CallersByKey, trustHeaders);
    }
}
