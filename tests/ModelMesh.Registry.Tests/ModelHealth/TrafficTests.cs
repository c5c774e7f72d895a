using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class TrafficTests : HealthScenario
{
    private const string OneAttempt = ",\"resilience\":{\"max_retries\":0}";

    [Theory, OnGarnet, OnRedis]
    public async Task Traffic_FailsAndSucceedsAtOneReplica_BothShowIt(StoreKind kind)
    {
        var (one, two) = (await StartAsync(kind, NoProbes), await StartAsync(kind, NoProbes));
        await one.RegisterAsync(Patient.Backend, more: OneAttempt);
        Assert.Equal("unknown", await one.HealthAsync());
        Patient.Set("chat", "Unavailable");
        await InferAsync(one);

        // At once here, whatever the store does; elsewhere as soon as it was heard.
        var here = (await one.ModelAsync())["health"]!;
        Assert.Equal(("unhealthy", "passive", one.Id), ((string?)here["state"], (string?)here["source"], (string?)here["instance"]));
        await EventuallyAsync(two, "unhealthy");
        var there = await two.ModelAsync();
        Assert.Equal("The patient says Unavailable.", (string?)there["health"]!["reason"]);
        Assert.Equal("The patient says Unavailable.", (string?)there["health"]!["last_error"]);
        Assert.Equal(one.Id, (string?)there["health"]!["instance"]);
        Assert.Equal("ready", (string?)there["status"]);
        var backend = (await two.ReadAsync("/backends"))["backends"]!.AsArray().Single()!["health"]!;
        Assert.Equal((0, 1), ((int)backend["healthy"]!, (int)backend["unhealthy"]!));
        Assert.Equal(("chat", "v1", "The patient says Unavailable."), ((string?)backend["last_error"]!["model"], (string?)backend["last_error"]!["version"], (string?)backend["last_error"]!["message"]));
        Assert.NotNull(backend["last_error"]!["at"]);

        Patient.Set("chat", "ok");
        await InferAsync(two);
        Assert.Equal("healthy", await two.HealthAsync());
        await EventuallyAsync(one, "healthy");
        Assert.Equal("The patient says Unavailable.", (string?)(await one.ModelAsync())["health"]!["last_error"]);
    }

    [Fact]
    public async Task Traffic_FailsAsASingleCallMay_UnhealthyAfterTheThirdInARow()
    {
        var one = await StartAsync(StoreKind.Garnet, NoProbes);
        await one.RegisterAsync(Patient.Backend, more: OneAttempt);
        await InferAsync(one);
        Patient.Set("chat", "Upstream");
        await InferAsync(one);
        await InferAsync(one);
        Assert.Equal("healthy", await one.HealthAsync());

        await InferAsync(one);
        Assert.Equal("unhealthy", await one.HealthAsync());
    }
}
