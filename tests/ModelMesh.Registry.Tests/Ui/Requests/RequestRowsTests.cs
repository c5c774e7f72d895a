using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Ui.Requests;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Requests;

public sealed class RequestRowsTests
{
    [Theory]
    [InlineData(3_000, 1_000L, 21, 10.0)]
    [InlineData(3_000, null, 0, null)]
    [InlineData(3_000, 1_000L, 1, null)]
    [InlineData(1_100, 1_000L, 50, null)]
    public void Of_ARequest_TellsItsSpeedSinceTheFirstTokenOnceThereIsOne(long ageMs, long? firstTokenMs, long tokens, double? speed) =>
        Assert.Equal(speed, RequestRows.Of(FakeMeshRequests.Request(1, ageMs, firstTokenMs, tokens), 0).Progress.Speed);

    [Fact]
    public void Of_ARequestOfARegisteredCaller_ShowsTheCallerAndTellsTheRest()
    {
        var facts = RequestRows.Of(FakeMeshRequests.Request(1, 1, client: new RequestClient("10.0.0.1", "curl/8", "team-a", "gateway-1")), 0).Facts;

        Assert.Equal("team-a", facts.Client);
        Assert.Equal("team-a\n10.0.0.1\ncurl/8\nby the gateway gateway-1", facts.ClientTitle);
    }

    [Fact]
    public void Of_AModelWithSignsInItsName_LinksItsPage() => Assert.Equal("/ui/models/a%2Fb%3Ac/versions/v%201", RequestRows.Of(FakeMeshRequests.Request(1, 1), 0).Facts.Path);
}
