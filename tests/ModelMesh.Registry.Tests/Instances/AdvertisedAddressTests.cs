using ModelMesh.Registry.Instances;
using Xunit;

namespace ModelMesh.Registry.Tests.Instances;

public sealed class AdvertisedAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:9090", null, "http://127.0.0.1:9090")]
    [InlineData("http://[::]:9090", null, "http://this-machine:9090")]
    [InlineData("http://0.0.0.0:9090", null, "http://this-machine:9090")]
    [InlineData("http://*:9090", null, "http://this-machine:9090")]
    [InlineData("http://[::1]:9090", null, "http://[::1]:9090")]
    [InlineData("http://[::]:9090", "registry-1.mesh", "http://registry-1.mesh:9090")]
    [InlineData("http://127.0.0.1:9090", "fd00::7", "http://[fd00::7]:9090")]
    public void From_BoundAddress_GivesOneThatOthersCanUse(string bound, string? host, string expected) =>
        Assert.Equal(expected, AdvertisedAddress.From(bound, host, "this-machine"));
}
