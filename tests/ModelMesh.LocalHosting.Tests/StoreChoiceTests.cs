using ModelMesh.AppHost.Stores;

namespace ModelMesh.LocalHosting.Tests;

public sealed class StoreChoiceTests
{
    [Theory]
    // 1.
    [InlineData(true, true, true, "redis-server", "Given")]
    [InlineData(true, false, false, null, "Given")]
    // 2.
    [InlineData(false, true, true, "redis-server", "Container")]
    [InlineData(false, false, true, "redis-server", "Server")]
    // 3.
    [InlineData(false, true, false, "redis-server", "Server")]
    [InlineData(false, false, false, "valkey-server", "Server")]
    // 4.
    [InlineData(false, true, false, null, "Garnet")]
    [InlineData(false, false, true, null, "Garnet")]
    [InlineData(false, false, false, null, "Garnet")]
    public void Decide_Facts_TakesTheFirstThatFits(bool given, bool feedIsFull, bool containers, string? server, string expected) =>
        Assert.Equal(expected, StoreChoice.Decide(new StoreFacts(Asked: null, given, feedIsFull, containers, server)).ToString());

    [Fact]
    public void Decide_KindAskedFor_OverrulesTheOrder() =>
        Assert.Equal(StoreKind.Garnet, StoreChoice.Decide(new StoreFacts(StoreKind.Garnet, HasConnectionString: true, FeedIsFull: true, ContainerRuntimeAnswers: true, "redis-server")));
}
