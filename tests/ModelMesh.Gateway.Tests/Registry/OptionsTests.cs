using Microsoft.Extensions.Options;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Registry;

public sealed class OptionsTests
{
    [Fact]
    public async Task BadOptions_StopTheStart_WithEveryFaultListed()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => TestGateway.StartAsync(
            new FakeCatalog(),
            ["--registry-addr=nonsense", "--Registry:PingDelay=00:00:00", "--Limits:MaxBodyBytes=0", "--Infer:KeepAlive=00:00:00", "--Shutdown:Grace=01:00:00"]));

        var faults = (exception is AggregateException all ? all.InnerExceptions : [exception]).OfType<OptionsValidationException>().SelectMany(fault => fault.Failures).ToArray();
        foreach (var key in (string[])["Registry:Addresses", "Registry:PingDelay", "Limits:MaxBodyBytes", "Infer:KeepAlive", "Shutdown:Grace"])
        {
            Assert.Contains(faults, fault => fault.StartsWith(key, StringComparison.Ordinal));
        }
    }
}
