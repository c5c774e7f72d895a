using ModelMesh.Registry.ModelHealth;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class HealthJudgeTests
{
    private const int Most = 3;

    private static readonly Dictionary<string, HealthStanding> Standings = new(StringComparer.Ordinal)
    {
        ["unknown"] = HealthStanding.Unknown,
        ["healthy"] = HealthStanding.Healthy,
        ["healthy 2"] = HealthStanding.Healthy with { Failures = 2 },
        ["starting"] = new(HealthState.Starting, "42 %"),
        ["unhealthy 4/2"] = new(HealthState.Unhealthy, "before", 4, 2),
    };

    [Theory]
    [InlineData("unknown", "Nothing", "Unknown  0/0")]
    [InlineData("healthy 2", "Nothing", "Healthy  2/0")]
    [InlineData("unhealthy 4/2", "Nothing", "Unhealthy before 4/2")]
    [InlineData("unknown", "Answered", "Healthy  0/0")]
    [InlineData("healthy 2", "Answered", "Healthy  0/0")]
    [InlineData("starting", "Answered", "Healthy  0/0")]
    [InlineData("unhealthy 4/2", "Answered", "Healthy  0/0")]
    [InlineData("unknown", "Failed", "Unknown  1/0")]
    [InlineData("healthy", "Failed", "Healthy  1/0")]
    [InlineData("healthy 2", "Failed", "Unhealthy now 3/0")]
    [InlineData("starting", "Failed", "Starting 42 % 1/0")]
    [InlineData("unhealthy 4/2", "Failed", "Unhealthy now 5/2")]
    [InlineData("unknown", "Unreachable", "Unhealthy now 1/0")]
    [InlineData("healthy", "Unreachable", "Unhealthy now 1/0")]
    [InlineData("starting", "Unreachable", "Starting 42 % 0/0")]
    [InlineData("healthy", "Refused", "Unhealthy now 1/0")]
    [InlineData("starting", "Refused", "Unhealthy now 1/0")]
    public void AfterTraffic_OfEachKind_TheStandingItMakes(string before, string result, string after) =>
        Assert.Equal(after, Told(HealthJudge.AfterTraffic(Standings[before], new TrafficOutcome(Enum.Parse<TrafficResult>(result), "now"), Most)));

    [Theory]
    [InlineData("unknown", "Healthy", "Healthy  0/0")]
    [InlineData("healthy 2", "Healthy", "Healthy  2/0")]
    [InlineData("unhealthy 4/2", "Healthy", "Healthy  0/0")]
    [InlineData("unknown", "Starting", "Starting now 0/0")]
    [InlineData("unhealthy 4/2", "Starting", "Starting now 0/0")]
    [InlineData("healthy", "Unhealthy", "Unhealthy now 1/1")]
    [InlineData("unhealthy 4/2", "Unhealthy", "Unhealthy now 5/3")]
    public void AfterProbe_OfEachFinding_TheStandingItMakes(string before, string found, string after) =>
        Assert.Equal(after, Told(HealthJudge.AfterProbe(Standings[before], new HealthFinding(Enum.Parse<HealthState>(found), "now", ""))));

    private static string Told(HealthStanding standing) => $"{standing.State} {standing.Reason} {standing.Failures}/{standing.FailedProbes}";
}
