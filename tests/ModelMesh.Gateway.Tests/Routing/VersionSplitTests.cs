using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class VersionSplitTests
{
    // a: weight 75, b: weight 25, s: a shadow, d: draining, z: weight 0.
    private static readonly ImmutableArray<ModelVersion> Versions =
    [
        FakeCatalog.Model(version: "a", weight: 75),
        FakeCatalog.Model(version: "b", weight: 25),
        FakeCatalog.Model(version: "d", draining: true),
        FakeCatalog.Model(version: "s", shadow: true),
        FakeCatalog.Model(version: "z", weight: 0),
    ];

    [Theory]
    [InlineData(0.0, "a b")]
    [InlineData(0.749, "a b")]
    [InlineData(0.751, "b a")]
    [InlineData(0.999999, "b a")]
    [InlineData(null, "a b")]
    public void Order_ByRoll_BeginsWithTheOneThatItFallsOnAndGoesOnByWeight(double? roll, string expected) =>
        Assert.Equal(expected, Text(VersionSplit.Order(VersionSplit.Candidates(Versions, isNamed: false, _ => true), null, roll is { } value ? () => value : null)));

    [Theory]
    [InlineData("", "a b")]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    [InlineData("a b", "a b")]
    [InlineData("a b d s z", "a b")]
    public void Candidates_OfThoseThatShare_AreTheReadyOnesOrAllWhereNoneIs(string notReady, string expected) =>
        Assert.Equal(expected, Text(VersionSplit.Candidates(Versions, isNamed: false, model => !notReady.Split(' ').Contains(model.Version))));

    [Fact]
    public void Candidates_WhenNamed_AreTakenWhateverTheyAre() =>
        Assert.Equal("s", Text(VersionSplit.Candidates([Versions[3]], isNamed: true, _ => false)));

    [Fact]
    public void Candidates_WhereNothingTakesUnnamedRequests_AreNone() =>
        Assert.Empty(VersionSplit.Candidates(Versions[2..], isNamed: false, _ => true));

    [Fact]
    public void Order_ByHashKey_GoesOnWithWhatTheKeyBelongsToOnceTheFirstIsGone()
    {
        ImmutableArray<ModelVersion> four = [.. "pqrs".Select(name => FakeCatalog.Model(version: name.ToString(), weight: 100))];
        foreach (var key in Enumerable.Range(0, 200).Select(i => $"user-{i}"))
        {
            var order = VersionSplit.Order(four, key, null);

            Assert.Equal(Text(order[1..]), Text(VersionSplit.Order(four.Remove(order[0]), key, null)));
        }
    }

    private static string Text(IEnumerable<ModelVersion> versions) => string.Join(' ', versions.Select(model => model.Version));
}
