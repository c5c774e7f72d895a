using Microsoft.AspNetCore.Http;
using ModelMesh.Registry.Ui.Playground;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Playground;

public sealed class OwnPageTests
{
    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("same-origin", "https://public.example", true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", "http://mesh:8081", false)]
    [InlineData("none", null, false)]
    [InlineData(null, "http://mesh:8081", true)]
    [InlineData(null, "http://MESH:8081", true)]
    [InlineData(null, "http://mesh:8080", false)]
    [InlineData(null, "http://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, null, true)]
    public void IsOwn_OfACall_IsTrueForThisRegistrysPagesAndForWhatIsNoBrowser(string? site, string? origin, bool own) =>
        Assert.Equal(own, OwnPage.IsOwn(site, origin, new HostString("mesh", 8081)));
}
