using System.Text.Json.Nodes;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Ui.Live;
using ModelMesh.Registry.Ui.Requests;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Requests;

public sealed class RequestsPartTests
{
    private readonly FakeMeshRequests _requests = new();
    private readonly WallClock _time = new();

    [Fact]
    public async Task Read_AgainAfterASecond_DiffersInWhatChangesOnly()
    {
        var part = Part("");
        _requests.Requests.Add(FakeMeshRequests.Request(1, ageMs: 5_000, firstTokenMs: 200, tokens: 10));
        var before = await part.ReadAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(1));
        _requests.Requests[0] = _requests.Requests[0] with { AgeMs = 6_003, Tokens = 12 };
        var now = await part.ReadAsync(CancellationToken.None);

        Assert.Equal(["one/1#", "totals"], now.Keys.Where(key => now[key] != before[key]).Order(StringComparer.Ordinal));
        Assert.Equal(55_000, (long)JsonNode.Parse(now["one/1"])!["since_ms"]!);
        Assert.Equal(12, (long)JsonNode.Parse(now["one/1#"])!["tokens"]!);
    }

    [Fact]
    public async Task Read_ARequestThatEnded_IsGoneWithBothItsEntries()
    {
        var part = Part("");
        _requests.Requests.Add(FakeMeshRequests.Request(1, 5_000));
        await part.ReadAsync(CancellationToken.None);
        _requests.Requests.Clear();

        Assert.Equal(["totals"], (await part.ReadAsync(CancellationToken.None)).Keys);
    }

    [Fact]
    public async Task Read_ReplicasThatDoNotAnswer_AreNamed()
    {
        _requests.Unreachable.Add("two");

        Assert.Equal("""["two"]""", JsonNode.Parse((await Part("").ReadAsync(CancellationToken.None))["totals"])!["unreachable"]!.ToJsonString());
    }

    [Fact]
    public async Task Of_AFilter_AsksForWhatMatchesAndNoMoreThanAPageShows()
    {
        await Part("model=a%2Cb%26c&state=queued&instance=one&client=").ReadAsync(CancellationToken.None);

        var asked = _requests.Asked!;
        Assert.Equal(("a,b&c", "queued", "one", null, 200), (asked.Model, asked.State, asked.Instance, asked.Client, asked.Limit));
    }

    [Fact]
    public void Of_AFilterThatIsWrong_IsRefusedWithEveryFault()
    {
        var refused = Assert.Throws<MeshException>(() => Part("state=asleep&colour=red"));

        Assert.Equal(["colour", "state"], refused.Details.Select(fault => fault.Field).Order(StringComparer.Ordinal));
    }

    private ILiveTopic Part(string filter) => new RequestsTopic(_requests, _time).Of(filter);
}
