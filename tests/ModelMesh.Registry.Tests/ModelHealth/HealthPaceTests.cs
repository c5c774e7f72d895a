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
        Assert.Equal(seconds, HealthPace.UntilProbe(HealthStanding.Healthy, HealthSource.Active, Interval, random).TotalSeconds, precision: 6);

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
    [InlineData(3_000, 3)]
    [InlineData(10_000, 10)]
    public void Reading_ManyRecords_AThousandASecondAtMost(int records, double seconds) =>
        Assert.Equal(seconds, HealthPace.Reading(new HealthOptions(), records).TotalSeconds);

    private static double Middle(HealthStanding standing, HealthSource source) => HealthPace.UntilProbe(standing, source, Interval, 0.5).TotalSeconds;
}
