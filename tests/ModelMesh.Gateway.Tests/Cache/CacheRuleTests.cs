using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Cache;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Cache;

public sealed class CacheRuleTests
{
    private static readonly SamplingOptions Cold = new() { Temperature = 0 };
    private static readonly SamplingOptions Seeded = new() { Temperature = 1, Seed = 0 };
    private static readonly SamplingOptions Warm = new() { Temperature = 0.1 };
    private static readonly SamplingOptions Unsaid = new();
    private static readonly ModelCache On = new();
    private static readonly ModelCache Off = new() { Enabled = false };

    [Fact]
    public void Of_ModelWishAndOptions_IsAsTheTableSays()
    {
        (ModelCache? Model, CacheWish Wish, SamplingOptions Options, CacheUse Expected)[] table =
        [
            (null, CacheWish.Default, Cold, CacheUse.None),
            (Off, CacheWish.Default, Cold, CacheUse.None),
            (On, CacheWish.Default, Cold, CacheUse.Look),
            (On, CacheWish.Default, Seeded, CacheUse.Look),
            (On, CacheWish.Default, Warm, CacheUse.None),
            (On, CacheWish.Default, Unsaid, CacheUse.None),
            (On, CacheWish.Off, Cold, CacheUse.None),
            (null, CacheWish.On, Cold, CacheUse.Look),
            (Off, CacheWish.On, Seeded, CacheUse.Look),
            (null, CacheWish.On, Warm, CacheUse.Unkept),
            (On, CacheWish.On, Unsaid, CacheUse.Unkept),
            (null, CacheWish.Refresh, Cold, CacheUse.Refresh),
            (On, CacheWish.Refresh, Warm, CacheUse.Unkept),
        ];

        Assert.All(table, row => Assert.Equal(row.Expected, CacheRule.Of(row.Model, row.Wish, row.Options)));
    }
}
