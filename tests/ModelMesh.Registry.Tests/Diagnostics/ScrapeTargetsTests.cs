using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Diagnostics;
using Xunit;

namespace ModelMesh.Registry.Tests.Diagnostics;

public sealed class ScrapeTargetsTests
{
    [Fact]
    public void Of_Instances_AreTheirHttpAddressesByIdAndWithoutWhatIsNoAddress()
    {
        var targets = ScrapeTargets.Of([Instance("c", "none"), Instance("b", "https://registry-b/"), Instance("a", "http://[::1]:8081")]);

        Assert.Equal(["[::1]:8081 http a", "registry-b https b"], targets.Select(target => $"{Assert.Single(target.Targets)} {target.Labels.Scheme} {target.Labels.Instance}"));
    }

    private static InstanceInfo Instance(string id, string address) => new(id, "http://127.0.0.1:1", address, [], DateTimeOffset.UnixEpoch);
}
