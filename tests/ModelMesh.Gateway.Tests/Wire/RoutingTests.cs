using System.Net;
using System.Net.Http.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

public sealed class RoutingTests
{
    [Fact]
    public async Task UnknownModel_IsLookedUpInTheStore_Before404()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var catalog = new FakeCatalog();
        catalog.Store(FakeCatalog.Model());
        await using var gateway = await TestGateway.StartAsync(catalog, [], registry);

        using var found = await gateway.InferAsync();
        using var missing = await gateway.InferAsync("""{"model":"other","input":"hi"}""");
        using var wrongVersion = await gateway.InferAsync("""{"model":"chat","version":"v9","input":"hi"}""");

        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("Model 'other' is not registered. Registered: chat.", await MessageAsync(missing), StringComparison.Ordinal);
        Assert.Contains("Model 'chat' has no version 'v9'. Its versions: v1.", await MessageAsync(wrongVersion), StringComparison.Ordinal);
        Assert.Equal(3, catalog.Refreshes);
    }

    [Fact]
    public async Task UnknownModel_WithTheStoreAway_Is503()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog { StoreIsAway = true }, []);

        using var response = await gateway.InferAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("store_unavailable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VersionDeletedAfterTheSplitChoseIt_IsChosenAnew()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.Request.Version == "old" ? throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.ModelNotFound)) : call.AnswerAsync("ok");
        var catalog = new FakeCatalog(FakeCatalog.Model(version: "old"));
        catalog.Store(FakeCatalog.Model(version: "new"));
        await using var gateway = await TestGateway.StartAsync(catalog, [], registry);

        using var response = await gateway.InferAsync();

        Assert.Equal("new", response.Headers.GetValues("x-modelmesh-version").Single());
    }

    [Fact]
    public async Task VersionThatEveryRegistryDenies_EndsIn404_AfterABoundedNumberOfTries()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.ModelNotFound));
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.InferAsync();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(3, registry.Calls.Count);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/infer")]
    [InlineData("/v1/messages")]
    [InlineData("/api/chat")]
    public async Task LongestNameThatCanBeRegistered_IsFoundWithItsVersionBesideIt(string path)
    {
        var (name, version) = (string.Concat(Enumerable.Repeat("🦙", 200)), new string('v', 200));
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model(name, version)), [], registry);

        using var response = await gateway.Client.PostAsync(path, JsonContent.Create(new { model = $"{name}@{version}", max_tokens = 1, messages = new[] { new { role = "user", content = "hi" } } }));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task HashKey_SticksToOneVersion_AndNoKeySplits()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model(version: "a"), FakeCatalog.Model(version: "b")), [], registry);

        for (var i = 0; i < 40; i++)
        {
            using var sticky = await gateway.InferAsync("""{"model":"chat","input":"sticky","hash_key":"user-1"}""");
            using var split = await gateway.InferAsync("""{"model":"chat","input":"split"}""");
        }

        var versions = registry.Calls.ToLookup(call => call.Request.Messages[0].Content, call => call.Request.Version);
        Assert.Single(versions["sticky"].Distinct());
        Assert.Equal(2, versions["split"].Distinct().Count());
    }

    [Fact]
    public async Task ShadowVersion_IsServed_OnlyByName()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model(version: "s", shadow: true)), [], registry);

        using var named = await gateway.InferAsync("""{"model":"chat","version":"s","input":"hi"}""");
        using var unnamed = await gateway.InferAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (named.StatusCode, unnamed.StatusCode));
    }

    private static async Task<string> MessageAsync(HttpResponseMessage response)
    {
        using var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("error").GetProperty("message").GetString()!;
    }
}
