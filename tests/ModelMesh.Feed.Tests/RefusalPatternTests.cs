using System.Text.RegularExpressions;

namespace ModelMesh.Feed.Tests;

/// <summary>What of a failed probe's output counts as the source's answer that it lacks Aspire.</summary>
public sealed class RefusalPatternTests
{
    [Theory]
    [InlineData("Probe.csproj : error NU1101: Unable to find package Aspire.Hosting.Redis. No packages exist with this id in source(s): mirror", true)]
    [InlineData("Probe.csproj : error NU1102: Unable to find package StackExchange.Redis with version (>= 2.13.17)", true)]
    [InlineData("error NU1301: Failed to retrieve information about 'Aspire.Hosting.Redis'.;  Response status code does not indicate success: 403 (Forbidden).", true)]
    [InlineData("error NU1301: Unable to load the service index for source. ;  Response status code does not indicate success: 503 (Service Unavailable).", false)]
    [InlineData("error NU1301: Unable to load the service index for source. It took 403 ms.", false)]
    [InlineData("/builds/job-403/Probe.csproj : error NU1301: The SSL connection could not be established.", false)]
    [InlineData("/builds/NU1101/Probe.csproj : error NU1301: The SSL connection could not be established.", false)]
    public void Pattern_OutputOfAProbe_TakesOnlyARefusalForAnAnswer(string output, bool isRefusal)
    {
        var targets = File.ReadAllText(Path.Combine(Clone.RepositoryRoot, "eng", "feed", "Feed.targets"));
        var pattern = targets.Split("IsMatch($(_FeedProbeOutput), '")[1].Split('\'')[0];

        Assert.Equal(isRefusal, Regex.IsMatch(output, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
