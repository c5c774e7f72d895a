using ModelMesh.Bench.Compare.Contenders;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class StoreUseTests
{
    [Fact]
    public void Metrics_OfAService_GiveWhatRequestsAskedOfTheStoreAndNothingElse()
    {
        var use = StoreUse.Read(
            """
            # TYPE modelmesh_store_command_duration_seconds histogram
            modelmesh_store_command_duration_seconds_bucket{command="lease_acquire",le="0.001"} 9
            modelmesh_store_command_duration_seconds_sum{command="lease_acquire"} 0.25
            modelmesh_store_command_duration_seconds_count{command="lease_acquire"} 10
            modelmesh_store_command_duration_seconds_sum{command="lease_release"} 0.5
            modelmesh_store_command_duration_seconds_count{command="lease_release"} 4
            modelmesh_store_command_duration_seconds_sum{command="catalog_revision"} 7
            modelmesh_store_command_duration_seconds_count{command="catalog_revision"} 100
            """);

        Assert.Equal(new StoreUse(14, 0.75), use);
    }
}
