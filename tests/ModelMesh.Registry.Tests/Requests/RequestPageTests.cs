using ModelMesh.Registry.Requests;
using Xunit;

namespace ModelMesh.Registry.Tests.Requests;

public sealed class RequestPageTests
{
    [Fact]
    public void Merge_OfSeveralReplicas_IsTheOldestOfAllAndTheSumOfTheirTotals()
    {
        var list = RequestPage.Merge([Page("a", 1, 4, 5), Page("b", 2, 3), Page("c")], limit: 3, ["gone"]);

        Assert.Equal(["a1", "b2", "b3"], list.Requests.Select(request => request.Id));
        Assert.Equal((new RequestTotals(5, 0, 0, 5), "gone"), (list.Totals, Assert.Single(list.Unreachable)));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(3, "b 3 3")]
    [InlineData(1, "a 1 1")]
    public void Merge_TheCursor_IsThePlaceOfTheLastThatIsShownWhereMoreAreLeft(int limit, string? place)
    {
        var list = RequestPage.Merge([Page("a", 1, 4), Page("b", 2, 3)], limit, []);

        var cursor = list.NextCursor is { } next ? RequestPlace.FromCursor(next) : null;
        Assert.Equal(place, cursor is null ? null : $"{cursor.Instance} {cursor.StartedAtMs} {cursor.Number}");
    }

    [Fact]
    public void Places_OfOneMoment_AreInTheOrderOfInstanceAndNumber()
    {
        RequestPlace[] places = [new(5, "b", 1), new(5, "a", 10), new(4, "z", 3), new(5, "a", 9)];

        Assert.Equal(["z3", "a9", "a10", "b1"], places.Order(Comparer<RequestPlace>.Create(RequestPlace.Compare)).Select(place => $"{place.Instance}{place.Number}"));
    }

    [Fact]
    public void Place_ThroughItsCursor_IsTheSame()
    {
        var place = new RequestPlace(1_795_000_000_123, "an instance with spaces", 42);

        Assert.Equal(place, RequestPlace.FromCursor(place.ToCursor()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("MQ")]
    [InlineData("MSAy")]
    [InlineData("eCB5IHo")]
    [InlineData("LTEgMiBh")]
    public void Cursor_ThatIsNoneOfOurs_IsNoPlace(string cursor) => Assert.Null(RequestPlace.FromCursor(cursor));

    private static RequestPage Page(string instance, params int[] startedAt) => new(
        [.. startedAt.Select(at => Request(instance, at))],
        new RequestTotals(startedAt.Length, 0, 0, startedAt.Length));

    private static MeshRequest Request(string instance, int at) =>
        new($"{instance}{at}", RequestArrival.Infer, "chat", "v1", 1, instance, RequestStates.Streaming, 1, null, 0, false, DateTimeOffset.FromUnixTimeMilliseconds(at), 0, null, 0, null) { Number = at };
}
