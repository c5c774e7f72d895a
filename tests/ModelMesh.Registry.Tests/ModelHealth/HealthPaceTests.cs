using ModelMesh.Registry.ModelHealth;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class HealthPaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(16);

    [Theory]
    [InlineData(0, 12.8)]
    [InlineData(0.5, 16)]
    [InlineData(1, 19.2)]
    public void UntilProbe_Healthy_TheIntervalAFifthMoreOrLess(double random, double seconds) =>
        Assert.Equal(seconds, HealthPace.UntilProbe(HealthStanding.Healthy, HealthSource.Active, Interval, models: 320, random).TotalSeconds, precision: 6);

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(3, 16)]
    [InlineData(4, 32)]
    [InlineData(5, 60)]
    [InlineData(1000, 60)]
    public void UntilProbe_Unhealthy_DoublesFromAQuarterUpToAMinute(int failedProbes, double seconds) =>
        Assert.Equal(seconds, Middle(new HealthStanding(HealthState.Unhealthy, "", 7, failedProbes), HealthSource.Active));

    [Fact]
    public void UntilProbe_TrafficFailed_AQuarterHoweverOften()
    {
        Assert.Equal(4, Middle(new HealthStanding(HealthState.Unhealthy, "", 900, 3), HealthSource.Passive));
        Assert.Equal(4, Middle(HealthStanding.Healthy with { Failures = 1 }, HealthSource.Passive));
    }

    [Fact]
    public void UntilProbe_Starting_AThird() =>
        Assert.Equal(16 / 3.0, Middle(new HealthStanding(HealthState.Starting), HealthSource.Active), precision: 6);

    [Fact]
    public void Life_OfARecord_OutlivesADeadProbersTurnAndTheNextInterval()
    {
        var options = new HealthOptions();
        var wait = TimeSpan.FromSeconds(60);

        Assert.True(HealthPace.Life(wait, options) > wait + HealthPace.TurnOf(options) + options.ProbeInterval);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(600, 3)]
    [InlineData(10_000, 50)]
    public void Reading_ManyRecords_TwoHundredASecondAtMost(int records, double seconds) =>
        Assert.Equal(seconds, HealthPace.Reading(new HealthOptions(), records).TotalSeconds);

    [Theory]
    [InlineData(10_000, 500)]
    [InlineData(1_000, 50)]
    public void UntilProbe_ManyModels_TwentyASecondOfAllTogether(int models, double seconds)
    {
        Assert.Equal(seconds, Middle(HealthStanding.Healthy, HealthSource.Active, models));
        Assert.Equal(seconds, Middle(HealthStanding.Healthy, HealthSource.Passive, models));
    }

    [Fact]
    public void UntilProbe_ManyModels_ThoseThatMayBeIllAreAskedSoonAllTheSame()
    {
        Assert.Equal(4, Middle(HealthStanding.Healthy with { Failures = 1 }, HealthSource.Passive, models: 10_000));
        Assert.Equal(8, Middle(new HealthStanding(HealthState.Unhealthy, "", 7, FailedProbes: 2), HealthSource.Active, models: 10_000));
        Assert.Equal(500, Middle(new HealthStanding(HealthState.Unhealthy, "", 7, FailedProbes: 1000), HealthSource.Active, models: 10_000));
    }

    [Theory]
    [InlineData(15, 50)]
    [InlineData(0.1, 1)]
    public void MostALook_AHundredASecond(double interval, int probes) =>
        Assert.Equal(probes, HealthPace.MostALook(new HealthOptions { ProbeInterval = TimeSpan.FromSeconds(interval) }));

    private static double Middle(HealthStanding standing, HealthSource source, int models = 1) => HealthPace.UntilProbe(standing, source, Interval, models, 0.5).TotalSeconds;
}
