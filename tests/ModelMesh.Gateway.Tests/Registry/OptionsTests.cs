using System.Net;
using Microsoft.Extensions.Options;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Registry;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Limits:MaxBodyBytes", "62914560", "62914561")]
    [InlineData("Limits:MaxBodyBytes", "1", "4294967296")]
    [InlineData("Answers:KeepAlive", "1.00:00:00", "1.00:00:01")]
    [InlineData("Answers:KeepAlive", "00:00:00.1", "365.00:00:00")]
    [InlineData("Answers:QueueNotice", "01:00:00", "01:00:01")]
    [InlineData("Answers:QueueNotice", "00:00:00", "-00:00:01")]
    [InlineData("Limits:StalledReader", "00:00:01.1", "00:00:01")]
    [InlineData("Limits:StalledReader", "1.00:00:00", "365.00:00:00")]
    [InlineData("Registry:ConnectTimeout", "1.00:00:00", "365.00:00:00")]
    [InlineData("Registry:PingDelay", "1.00:00:00", "365.00:00:00")]
    [InlineData("Registry:PingTimeout", "1.00:00:00", "365.00:00:00")]
    [InlineData("Registry:QuarantineMax", "1.00:00:00", "365.00:00:00")]
    [InlineData("Registry:AcceptTimeout", "1.00:00:00", "365.00:00:00")]
    [InlineData("Registry:AcceptTimeout", "00:00:10", "00:00:00.05")]
    [InlineData("Registry:Balancing", "prefix_affinity", "sticky")]
    public async Task Option_BeyondWhatCanBeHeld_StopsTheStart(string key, string held, string refused)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using (var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [$"--{key}={held}"], registry))
        {
            using var response = await gateway.InferAsync();
            Assert.Equal(held == "1" ? HttpStatusCode.RequestEntityTooLarge : HttpStatusCode.OK, response.StatusCode);
        }

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestGateway.StartAsync(new FakeCatalog(), [$"--{key}={refused}"], registry));
        Assert.StartsWith(key, Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadOptions_StopTheStart_WithEveryFaultListed()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => TestGateway.StartAsync(
            new FakeCatalog(),
            ["--registry-addr=nonsense", "--Registry:PingDelay=00:00:00", "--Limits:MaxBodyBytes=0", "--Answers:KeepAlive=00:00:00", "--Shutdown:Grace=01:00:01"]));

        var faults = (exception is AggregateException all ? all.InnerExceptions : [exception]).OfType<OptionsValidationException>().SelectMany(fault => fault.Failures).ToArray();
        foreach (var key in (string[])["Registry:Addresses", "Registry:PingDelay", "Limits:MaxBodyBytes", "Answers:KeepAlive", "Shutdown:Grace"])
        {
            Assert.Contains(faults, fault => fault.StartsWith(key, StringComparison.Ordinal));
        }
    }
}
