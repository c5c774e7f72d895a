using System.Diagnostics;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class ProbeTests : HealthScenario
{
    // Long enough for a busy machine to tell of traffic in time.
    private static readonly (string Key, string Value)[] Slower = [("Health:ProbeInterval", "00:00:01.5")];

    [Theory, OnGarnet, OnRedis]
    public async Task Probes_OfTwoReplicas_AreOneAnInterval(StoreKind kind)
    {
        var (one, two) = (await StartAsync(kind, Quick), await StartAsync(kind, Quick));
        await one.RegisterAsync(Patient.Backend);
        await Eventually.HoldsAsync(() => Patient.Checks.Length >= 8, TimeSpan.FromSeconds(20), "it is probed again and again");

        var checks = Patient.Checks;
        var gaps = checks.Zip(checks.Skip(1), (earlier, later) => TimeSpan.FromSeconds((later - earlier) / (double)Stopwatch.Frequency));
        Assert.All(gaps, gap => Assert.InRange(gap.TotalMilliseconds, 310, 10_000));
        await EventuallyAsync(one, "healthy");
        await EventuallyAsync(two, "healthy");
        Assert.Equal("active", (string?)(await two.ModelAsync())["health"]!["source"]);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Prober_DiesWhileItHasTheTurn_TheOtherReplicaTakesOver(StoreKind kind)
    {
        Patient.Set("health", "deaf");
        var one = await StartAsync(kind, ("Health:ProbeInterval", "00:00:00.4"), ("Health:ProbeTimeout", "00:00:01"));
        await one.RegisterAsync(Patient.Backend);
        await Eventually.HoldsAsync(() => Patient.Checks.Length == 1, Soon, "the first replica probes");
        await one.DisposeAsync();
        Patient.Set("health", "healthy");
        var two = await StartAsync(kind, Quick);

        await EventuallyAsync(two, "healthy");
        Assert.Equal(two.Id, (string?)(await two.ModelAsync())["health"]!["instance"]);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Upstream_ComesBack_IsFoundHealthyWithoutTraffic(StoreKind kind)
    {
        Patient.Set("health", "unhealthy no GPU");
        var (one, two) = (await StartAsync(kind, Quick), await StartAsync(kind, Quick));
        await one.RegisterAsync(Patient.Backend);
        await EventuallyAsync(one, "unhealthy");
        await EventuallyAsync(two, "unhealthy");
        Assert.Equal("no GPU", (string?)(await two.ModelAsync())["health"]!["reason"]);

        Patient.Set("health", "healthy");
        await EventuallyAsync(one, "healthy");
        await EventuallyAsync(two, "healthy");
        Assert.Null((await two.ModelAsync())["health"]!["reason"]);
    }

    [Fact]
    public async Task Traffic_Flows_NobodyProbes()
    {
        var (one, two) = (await StartAsync(StoreKind.Garnet, Slower), await StartAsync(StoreKind.Garnet, Slower));
        await one.RegisterAsync(Patient.Backend);
        await EventuallyAsync(one, "healthy");
        Patient.Set("chat", "80");
        using var call = one.Infer();
        await call.FirstToken;
        await Eventually.HoldsAsync(async () => (string?)(await two.ModelAsync())["health"]!["source"] == "passive", Soon, "the other replica knows of the traffic");

        var before = Patient.Checks.Length;
        await call.CompletedAsync();
        Assert.Equal(before, Patient.Checks.Length);
        await Eventually.HoldsAsync(() => Patient.Checks.Length > before, Soon, "it is probed again after the traffic");
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Update_WhileAProbeOfTheOldRevisionHangs_TheNewOneIsProbedAtOnce(StoreKind kind)
    {
        Patient.Set("health", "deaf");
        var one = await StartAsync(kind, ("Health:ProbeTimeout", "00:01:00"));
        await one.RegisterAsync(Patient.Backend);
        await Eventually.HoldsAsync(() => Patient.Checks.Length == 1, Soon, "the old revision is probed");
        Patient.Set("health", "healthy");
        await one.Http.PutAsync("/models/chat/versions/v1", $$"""{"backend_type":"patient","backend":{{Patient.Backend}}}""");

        await EventuallyAsync(one, "healthy");
    }

    [Theory]
    [InlineData("hang", "The health check did not answer within 0.5 s.")]
    [InlineData("deaf", "The health check did not answer within 0.5 s.")]
    [InlineData("block", "The health check did not answer within 0.5 s.")]
    [InlineData("throw a secret", "The health check threw InvalidOperationException.")]
    public async Task Check_DoesNotAnswer_IsUnhealthyWithTheReasonAndHoldsUpNobody(string how, string reason)
    {
        using var other = new PatientControl();
        Patient.Set("health", how);
        var one = await StartAsync(StoreKind.Garnet, Quick);
        await one.RegisterAsync(Patient.Backend);
        await Eventually.HoldsAsync(async () => (string?)(await one.ModelAsync())["health"]!["last_error"] == reason, Soon, $"unhealthy because: {reason}");
        await one.RegisterAsync(other.Backend, "other");

        Assert.Equal("unhealthy", await one.HealthAsync());
        await EventuallyAsync(one, "healthy", "other");
    }

    [Fact]
    public async Task Check_NeverEnds_IsNotCalledAgain()
    {
        Patient.Set("health", "deaf");
        var one = await StartAsync(StoreKind.Garnet, Quick);
        await one.RegisterAsync(Patient.Backend);

        await Eventually.HoldsAsync(
            async () => ((string?)(await one.ModelAsync())["health"]!["reason"])?.EndsWith("s ago has not ended.", StringComparison.Ordinal) == true, Soon, "it is said to be still running");
        Assert.Single(Patient.Checks);
    }
}
