using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class VersionChoiceTests
{
    // a: weight 75, b: weight 25, s: a shadow, d: draining, z: weight 0.
    [Theory]
    [InlineData("s", 0.0, "s")]
    [InlineData("d", 0.0, "d")]
    [InlineData("z", 0.0, "z")]
    [InlineData("x", 0.0, null)]
    [InlineData(null, 0.0, "a")]
    [InlineData(null, 0.749, "a")]
    [InlineData(null, 0.751, "b")]
    [InlineData(null, 0.999999, "b")]
    public void Choose_ByNameOrRoll_TakesTheExpectedVersion(string? version, double roll, string? expected) =>
        Assert.Equal(expected, VersionChoice.Choose(
            [
                FakeCatalog.Model(version: "a", weight: 75),
                FakeCatalog.Model(version: "b", weight: 25),
                FakeCatalog.Model(version: "s", shadow: true),
                FakeCatalog.Model(version: "d", draining: true),
                FakeCatalog.Model(version: "z", weight: 0),
            ],
            version, hashKey: null, roll)?.Version);

    [Fact]
    public void Choose_HashKey_NeverTakesAVersionThatTheSplitWouldNot()
    {
        var versions = Enumerable.Range(0, 200).Select(key => VersionChoice.Choose(
            [FakeCatalog.Model(version: "a"), FakeCatalog.Model(version: "b"), FakeCatalog.Model(version: "s", shadow: true), FakeCatalog.Model(version: "z", weight: 0)],
            version: null, $"user-{key}", roll: 0)!.Version);

        Assert.Equal(["a", "b"], versions.Distinct().Order());
    }

    [Fact]
    public void Choose_NothingTakesUnnamedRequests_IsNull() =>
        Assert.Null(VersionChoice.Choose([FakeCatalog.Model(version: "z", weight: 0), FakeCatalog.Model(version: "s", shadow: true)], null, "key", 0.5));
}
