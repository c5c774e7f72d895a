using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Cache.Flights;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Cache;

public sealed class FlightTests
{
    [Fact]
    public async Task Run_WhileItIsQueued_TellsEachItsPlaceAndGivesEachTheHeadersOfTheWay()
    {
        var flight = new Flight(1024);
        List<int> firstPlaces = [], secondPlaces = [];
        var requestHeaders = new HeaderDictionary { ["x-label"] = "before" };
        var (firstHeaders, secondHeaders) = (new StageHeaders(), new StageHeaders());
        var first = Call(requestHeaders, firstHeaders, firstPlaces);
        var (one, other) = (flight.Board(first)!, flight.Board(Call(new HeaderDictionary(), secondHeaders, secondPlaces))!);
        var (told, label) = (new TaskCompletionSource(), "");

        var run = flight.RunAsync(first, async (call, use, _) =>
        {
            await call.Queued!(new Queued { Position = 3 });
            await told.Task;

            // The first request may be over by now, and its headers another's.
            requestHeaders["x-label"] = "of another request";
            label = call.Traits.Headers["x-label"].ToString();
            call.AnswerHeaders["x-stage"] = "told";
            await use(new FakeStream([FakeStream.Token("a"), FakeStream.Done()]));
        });
        var reads = new[] { one, other }.Select(passenger => passenger.TravelAsync(async stream => Assert.True(await stream.MoveNextAsync()), CancellationToken.None)).ToList();
        await Eventually.HoldsAsync(() => firstPlaces.Count == 1 && secondPlaces.Count == 1, "both have been told");
        List<int> latePlaces = [];
        reads.Add(flight.Board(Call(new HeaderDictionary(), new StageHeaders(), latePlaces))!.TravelAsync(async stream => Assert.True(await stream.MoveNextAsync()), CancellationToken.None));
        await Eventually.HoldsAsync(() => latePlaces.Count == 1, "one that comes later has been told");
        told.SetResult();
        await Task.WhenAll(reads);
        await run;

        Assert.Equal((3, 3, "before"), (firstPlaces[0], secondPlaces[0], label));
        Assert.Equal(("told", "told"), (firstHeaders["x-stage"].ToString(), secondHeaders["x-stage"].ToString()));
        Assert.Equal("stop", flight.Answer!.Completed!.FinishReason);
    }

    private static AnswerCall Call(HeaderDictionary headers, StageHeaders answerHeaders, List<int> places)
    {
        var request = new ChatRequest { Model = "chat", Messages = [], Options = new SamplingOptions() };
        return new AnswerCall(request, new CallTraits { Headers = headers }, "id", answerHeaders)
        {
            Plan = RoutePlan.Of(new ModelRoute(FakeCatalog.Model(), "", IsNamed: false)),
            Queued = place =>
            {
                places.Add(place.Position);
                return Task.CompletedTask;
            },
        };
    }
}
