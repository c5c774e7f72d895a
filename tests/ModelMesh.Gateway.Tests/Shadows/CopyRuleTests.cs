using System.Globalization;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Shadows;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Shadows;

public sealed class CopyRuleTests
{
    private static readonly ModelVersion Real = FakeCatalog.Model() with { Adapters = ["sql"] };
    private static readonly ModelVersion Shadow = FakeCatalog.Model(version: "s", shadow: true);

    [Theory]
    [InlineData(false, "", 100, 0.999, true)]
    [InlineData(true, "", 100, 0, false)]
    [InlineData(false, "", 25, 0.249, true)]
    [InlineData(false, "", 25, 0.25, false)]
    [InlineData(false, "", 0, 0, false)]
    [InlineData(false, "sql", 100, 0, false)]
    public void Choose_AShadow_DependsOnTheNamedVersionTheAdapterAndTheSample(bool isNamed, string adapter, double sample, double roll, bool copied) =>
        Assert.Equal(copied, CopyRule.Choose(new ModelRoute(Real, adapter, isNamed), [Shadow with { ShadowSample = sample }, Real], null, () => roll) is [{ Version: "s" }]);

    [Fact]
    public void Choose_AShadowWithTheAdapter_GetsTheCopy() =>
        Assert.Single(CopyRule.Choose(new ModelRoute(Real, "sql", false), [Real, Shadow with { Adapters = ["sql"] }], null, () => 0));

    [Fact]
    public void Choose_SeveralShadows_RollsForEach()
    {
        var rolls = new Queue<double>([0.9, 0.1]);

        var chosen = CopyRule.Choose(new ModelRoute(Real, "", false), [Shadow with { Version = "a", ShadowSample = 50 }, Shadow with { Version = "b", ShadowSample = 50 }], null, rolls.Dequeue);

        Assert.Equal(["b"], chosen.Select(model => model.Version));
    }

    [Fact]
    public void Choose_WithAHashKey_TakesTheSameKeysEachTimeAsManyAsTheSampleSays()
    {
        var keys = Enumerable.Range(0, 10_000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();

        var (quarter, half) = (Chosen(25), Chosen(50));

        Assert.InRange(quarter.Count, 2_300, 2_700);
        Assert.InRange(half.Count, 4_700, 5_300);
        Assert.Subset(half, quarter);
        Assert.Equal(quarter, Chosen(25));

        HashSet<string> Chosen(double sample) =>
            [.. keys.Where(key => !CopyRule.Choose(new ModelRoute(Real, "", false), [Shadow with { ShadowSample = sample }], key, () => throw new InvalidOperationException()).IsEmpty)];
    }
}
