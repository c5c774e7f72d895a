using System.Net;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class HealthRecordTests : HealthScenario
{
    [Fact]
    public async Task Upstream_Starts_TheModelIsLoadingWithHowFarItIsAndItsDetails()
    {
        Patient.Set("health", "starting Pulling llama3: 42 %");
        Patient.Set("details", """{"queue":3,"adapters":[]}""");
        var one = await StartAsync(StoreKind.Garnet, Quick);
        await one.RegisterAsync(Patient.Backend);
        await EventuallyAsync(one, "starting");

        var model = await one.ModelAsync();
        Assert.Equal(("loading", "Pulling llama3: 42 %"), ((string?)model["status"], (string?)model["status_reason"]));
        Assert.Equal("""{"queue":3,"adapters":[]}""", model["health"]!["details"]!.ToJsonString());
        Assert.Single((await one.ReadAsync("/models?status=loading"))["models"]!.AsArray());
        Patient.Set("health", "healthy");
        await EventuallyAsync(one, "healthy");
        Assert.Equal("ready", (string?)(await one.ModelAsync())["status"]);
    }

    [Fact]
    public async Task Update_OfAnUnhealthyModel_BeginsAfresh()
    {
        var one = await StartAsync(StoreKind.Garnet, NoProbes);
        await one.RegisterAsync(Patient.Backend);
        Patient.Set("chat", "Unavailable");
        await InferAsync(one);
        Assert.Equal("unhealthy", await one.HealthAsync());

        var answer = await one.Http.PutAsync("/models/chat/versions/v1", $$"""{"backend_type":"patient","backend":{{Patient.Backend}}}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{"state":"unknown"}""", answer.Body.GetProperty("health").GetRawText());
    }

    [Fact]
    public async Task Read_WithTheTagFromBeforeTheHealthChanged_IsAnsweredInFull()
    {
        var one = await StartAsync(StoreKind.Garnet, NoProbes);
        await one.RegisterAsync(Patient.Backend);
        var before = await one.Http.ReadAsync("/models/chat/versions/v1");
        var list = await one.Http.ReadAsync("/models");
        Assert.Equal(HttpStatusCode.NotModified, (await one.Http.ReadAsync("/models/chat/versions/v1", before.ETag)).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await one.Http.ReadAsync("/models", list.ETag)).Status);
        await InferAsync(one);

        Assert.Equal(HttpStatusCode.OK, (await one.Http.ReadAsync("/models/chat/versions/v1", before.ETag)).Status);
        Assert.Equal(HttpStatusCode.OK, (await one.Http.ReadAsync("/models", list.ETag)).Status);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Delete_OfAModel_ItsRecordGoesToo(StoreKind kind)
    {
        var (one, two) = (await StartAsync(kind, Quick), await StartAsync(kind, Quick));
        await one.RegisterAsync(Patient.Backend);
        await EventuallyAsync(one, "healthy");
        var store = one.Get<StoreConnection>();
        var id = new ModelId("chat", "v1");
        Assert.True(await store.RunAsync(database => database.KeyExistsAsync(store.Keys.Health(id))));
        Assert.Equal(HttpStatusCode.NoContent, (await two.Http.RemoveAsync("/models/chat/versions/v1")).Status);

        await Eventually.HoldsAsync(
            async () => !await store.RunAsync(database => database.KeyExistsAsync(store.Keys.Health(id))) && !await store.RunAsync(database => database.KeyExistsAsync(store.Keys.ProbeTurn(id))),
            TimeSpan.FromSeconds(2),
            "the record is gone, long before it would expire");
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Store_IsAwayAndComesBack_ProbingPausesAndGoesOn(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        var one = await StartAsync(server, Quick);
        await one.RegisterAsync(Patient.Backend);
        await EventuallyAsync(one, "healthy");
        await server.KillAsync();
        await Eventually.HoldsAsync(() => !one.Get<StoreConnection>().IsConnected, Soon, "the loss is noticed");
        Patient.Set("health", "unhealthy gone too");
        var before = Patient.Checks.Length;
        Assert.Equal("healthy", await one.HealthAsync());

        // What this replica sees for itself it still shows.
        Patient.Set("chat", "Unavailable");
        await InferAsync(one);
        Assert.InRange(Patient.Checks.Length, before, before + 1);
        await server.StartAsync();

        await Eventually.HoldsAsync(async () => (string?)(await one.ModelAsync())["health"]!["reason"] == "gone too", TimeSpan.FromSeconds(20), "it is probed again");
    }

    [Fact]
    public async Task Record_NobodyRenewsIt_Expires()
    {
        var one = await StartAsync(StoreKind.Garnet, ("Health:Probes", "false"), ("Health:ProbeInterval", "00:00:00.1"), ("Health:ProbeTimeout", "00:00:00.1"));
        await one.RegisterAsync(Patient.Backend);
        await InferAsync(one);
        await EventuallyAsync(one, "healthy");

        await EventuallyAsync(one, "unknown");
    }
}
