using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.RateLimits;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.RateLimits;

public sealed class LimitMatchTests
{
    [Theory]
    [InlineData(null, "chat", "chat", true)]
    [InlineData("chat", "chat", "chat", true)]
    [InlineData("Chat", "chat", "chat", false)]
    [InlineData("other", "chat", "chat", false)]
    [InlineData("chat", "chat@v1", "chat", true)]
    [InlineData("chat", "", "chat", true)]
    [InlineData("prod", "prod", "chat", true)]
    [InlineData("chat", "prod", "chat", true)]
    [InlineData("prod", "prod:poet", "chat", true)]
    [InlineData("prod", "prod@v1", "chat", true)]
    [InlineData("prod", "prod:poet", "prod:poet", false)]
    [InlineData("prod", "production", "chat", false)]
    [InlineData("prod", "chat", "chat", false)]
    public void Limit_OfAModel_CountsForItsNameAndTheOneTheClientUsed(string? limited, string asked, string serving, bool counts)
    {
        var catalog = new FakeCatalog().With(
            new Alias { Name = "prod", Target = new ModelTarget("chat") }, new RateLimit { Name = "l", Model = limited, RequestsPerMinute = 1 });
        var buckets = LimitMatch.BucketsOf(catalog.Current.Traffic, new Asked { Model = asked, IsReference = true }, FakeCatalog.Model(serving), "app");
        Assert.Equal(counts, !buckets.IsEmpty);
    }

    [Theory]
    [InlineData(null, "app", true, null)]
    [InlineData(null, null, true, null)]
    [InlineData("*", "app", true, "app")]
    [InlineData("*", null, true, "")]
    [InlineData("app", "app", true, null)]
    [InlineData("app", "other", false, null)]
    [InlineData("app", null, false, null)]
    public void Limit_OfACaller_CountsForThatOneOrEachOrAllTogether(string? limited, string? caller, bool counts, string? own)
    {
        var catalog = new FakeCatalog().With(new RateLimit { Name = "l", Caller = limited, TokensPerMinute = 5 });
        var buckets = LimitMatch.BucketsOf(catalog.Current.Traffic, new Asked { Model = "chat" }, FakeCatalog.Model(), caller);
        Assert.Equal(counts ? [(BucketKind.Tokens, own)] : [], buckets.Select(bucket => (bucket.Kind, bucket.Caller)));
    }

    [Fact]
    public void Limits_EachOfBothKinds_CountAllTogether()
    {
        var catalog = new FakeCatalog().With(
            new RateLimit { Name = "b", RequestsPerMinute = 3, TokensPerMinute = 4 }, new RateLimit { Name = "a", Model = "chat", TokensPerMinute = long.MaxValue });
        var buckets = LimitMatch.BucketsOf(catalog.Current.Traffic, new Asked { Model = "chat" }, FakeCatalog.Model(), null);
        Assert.Equal(
            [("a", BucketKind.Tokens, 100_000_000_000), ("b", BucketKind.Requests, 3), ("b", BucketKind.Tokens, 4)],
            buckets.Select(bucket => (bucket.Limit.Name, bucket.Kind, bucket.PerMinute)));
    }

    private sealed class Asked : ModelRequest;
}
