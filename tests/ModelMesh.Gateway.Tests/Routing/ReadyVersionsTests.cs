using ModelMesh.Contracts.Figures;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Routing;

public sealed class ReadyVersionsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("5 ready", true)]
    [InlineData("5 failed", false)]
    [InlineData("5 loading", false)]
    [InlineData("5 pending, 5 failed", false)]
    [InlineData("5 failed, 5 ready", true)]
    [InlineData("5 draining", true)]
    [InlineData("4 failed", true)]
    [InlineData("4 ready, 5 failed", false)]
    [InlineData("6 failed", false)]
    public void Version_IsReady_UnlessEveryoneWhoTellsOfItsRevisionSaysOtherwise(string told, bool expected)
    {
        var figures = new FakeFigures();
        figures.Tell("chat", "v1", [.. told.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(one => new ModelFigures { Revision = one[0] - '0', Status = one[2..] })]);

        Assert.Equal(expected, new ReadyVersions(figures.Current).Contains(FakeCatalog.Model(revision: 5)));
    }

    [Fact]
    public async Task Resolver_FollowsTheFiguresAsTheyChange()
    {
        var figures = new FakeFigures();
        var resolver = new ModelResolver(new FakeCatalog(FakeCatalog.Model(version: "v1"), FakeCatalog.Model(version: "v2", weight: 1)), figures, TimeProvider.System);
        figures.Tell("chat", "v1", new ModelFigures { Revision = 1, Status = "failed" });

        Assert.Equal("v2", await OnlyAsync());
        figures.Tell("chat", "v2", new ModelFigures { Revision = 1, Status = "loading" });

        Assert.Equal("v1", await OnlyAsync());

        async Task<string> OnlyAsync() => Assert.Single((await resolver.ResolveAsync(new Asked { Model = "chat" }, CallTraits.None, CancellationToken.None)).Routes).Model.Version;
    }

    private sealed class Asked : ModelRequest;
}
