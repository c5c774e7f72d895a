using System.Net;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.Testing.OpenApi;
using Xunit;

namespace ModelMesh.Registry.Tests.Requests;

/// <summary><c>DELETE /requests/{id}</c> at two whole replicas of one mesh.</summary>
[Collection(nameof(RequestsMesh))]
public sealed class CancelRequestTests(RequestsMesh mesh)
{
    [Fact]
    public async Task Stream_EndedThroughTheOtherReplica_FailsAsCancelledAndFreesItsSlot()
    {
        await mesh.PutAsync("stream", RequestsMesh.Endless);
        using var call = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("stream", "stream-1"));
        using var other = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("stream", "stream-2"));

        var answer = await mesh.Two.Http.RemoveAsync("/requests/stream-1");

        await FailsAsCancelledAsync(call);
        var ended = Assert.Single(answer.Body.GetProperty("cancelled").EnumerateArray());
        Assert.Equal((HttpStatusCode.OK, "stream-1", "streaming"), (answer.Status, ended.GetProperty("id").GetString(), ended.GetProperty("state").GetString()));
        await Eventually.HoldsAsync(async () => await mesh.ActiveAsync("stream") == 1, TimeSpan.FromSeconds(10), "its slot is free");
        Assert.False(other.Ended.IsCompleted, "what nobody ended goes on");
        await Eventually.HoldsAsync(async () => (await mesh.Two.Http.RemoveAsync("/requests/stream-1")).Status == HttpStatusCode.NotFound, TimeSpan.FromSeconds(10), "it is gone");
    }

    [Fact]
    public async Task RequestThatWaitsForItsFirstToken_FailsAsCancelled_AndItsUpstreamIsNotBlamed()
    {
        const string Model = "blameless";
        await mesh.PutAsync(Model, """{"hang":true}""", change: version => version with { Resilience = new() { BreakerFailures = 1, MaxRetries = 3 } });
        using var call = mesh.One.Infer(RequestsMesh.Request(Model, $"{Model}-1"));
        await IsAsync(Model, RequestStates.Waiting);

        await mesh.Two.Http.RemoveAsync($"/requests/{Model}-1");

        await FailsAsCancelledAsync(call);
        await Eventually.HoldsAsync(async () => await mesh.ActiveAsync(Model) == 0, TimeSpan.FromSeconds(10), "its slot is free");
        var shown = (await mesh.One.Http.ReadAsync($"/models/{Model}/versions/v1")).Body;

        // A probe of its own may have found it healthy meanwhile.
        Assert.NotEqual("unhealthy", shown.GetProperty("health").GetProperty("state").GetString());
        Assert.All(shown.GetProperty("endpoints").EnumerateArray(), endpoint => Assert.Equal(("closed", 0), (endpoint.GetProperty("state").GetString(), endpoint.GetProperty("failures").GetInt32())));
    }

    [Fact]
    public async Task RequestInTheQueue_LeavesIt_AndTheNextMovesUp()
    {
        await mesh.PutAsync("full", RequestsMesh.Endless, maxConcurrency: 1);
        using var running = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("full", "full-1"));
        using var first = await QueuedAsync("full-2");
        using var second = await QueuedAsync("full-3");

        await mesh.One.Http.RemoveAsync("/requests/full-2");

        await FailsAsCancelledAsync(first);
        await Eventually.HoldsAsync(() => second.Positions.SequenceEqual([2, 1]), "the other is the next");
        Assert.False(running.Ended.IsCompleted, "what has the slot goes on");

        async Task<InferCall> QueuedAsync(string id)
        {
            var call = mesh.Two.Infer(RequestsMesh.Request("full", id));
            await Eventually.HoldsAsync(() => call.Positions.Count == 1, "it waits");
            return call;
        }
    }

    [Fact]
    public async Task Embeddings_ThatAreWaitedFor_FailAsCancelled()
    {
        await mesh.PutAsync("vectors", """{"hang":true}""");
        var call = mesh.Two.Client.EmbedAsync(new EmbedRequest { RequestId = "vectors-1", Model = "vectors", Version = "v1", Inputs = { "hi" } }).ResponseAsync;
        await IsAsync("vectors", RequestStates.Waiting);
        Assert.Equal("embed", (await RequestsMesh.ListAsync(mesh.One, "model=vectors")).GetProperty("requests")[0].GetProperty("operation").GetString());

        await mesh.One.Http.RemoveAsync("/requests/vectors-1");

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(ErrorCode.Cancelled, GrpcErrors.FromRpcException(failure)?.Code);
        await Eventually.HoldsAsync(async () => await mesh.ActiveAsync("vectors") == 0, TimeSpan.FromSeconds(10), "its slot is free");
    }

    [Fact]
    public async Task HedgeAndShadow_OfOneRequest_EndWithItWhereverTheyRun()
    {
        await mesh.PutAsync("twice", RequestsMesh.Endless);
        using var first = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("twice", "twice-1"));
        using var hedge = await RequestsMesh.StreamAsync(mesh.Two, RequestsMesh.Request("twice", "twice-1"));
        using var shadow = await RequestsMesh.StreamAsync(mesh.Two, RequestsMesh.Request("twice", "twice-1-shadow", shadow: true));

        var answer = await mesh.One.Http.RemoveAsync("/requests/twice-1");

        Assert.Equal(3, answer.Body.GetProperty("cancelled").GetArrayLength());
        foreach (var call in new[] { first, hedge, shadow })
        {
            await FailsAsCancelledAsync(call);
        }
    }

    [Fact]
    public async Task Instance_ThatIsNamed_IsTheOnlyOneWhereTheRequestEnds()
    {
        await mesh.PutAsync("narrow", RequestsMesh.Endless);
        using var here = await RequestsMesh.StreamAsync(mesh.One, RequestsMesh.Request("narrow", "narrow-1"));
        using var there = await RequestsMesh.StreamAsync(mesh.Two, RequestsMesh.Request("narrow", "narrow-1"));

        var answer = await mesh.One.Http.RemoveAsync($"/requests/narrow-1?instance={RequestsMesh.IdOf(mesh.Two)}");
        var again = await mesh.One.Http.RemoveAsync("/requests/narrow-1?instance=nobody");

        await FailsAsCancelledAsync(there);
        Assert.Single(answer.Body.GetProperty("cancelled").EnumerateArray());
        Assert.Equal((HttpStatusCode.NotFound, "Replica 'nobody' does not handle request 'narrow-1', or is not there."), (again.Status, again.Message));
        Assert.False(here.Ended.IsCompleted, "what runs elsewhere goes on");
    }

    [Fact]
    public async Task RequestThatNobodyHas_IsNotFound() =>
        Assert.Equal((HttpStatusCode.NotFound, "No replica handles request 'nobody'."), await mesh.One.Http.RemoveAsync("/requests/nobody") is var answer ? (answer.Status, answer.Message) : default);

    [Fact]
    public async Task Document_TheCallThatEndsARequest_IsAnsweredAsItSays()
    {
        await mesh.PutAsync("document", RequestsMesh.Endless);
        var operation = (await ApiDocument.ReadAsync(mesh.One.Http)).Operations.Single(one => one.Path == "/requests/{id}");
        using var call = await RequestsMesh.StreamAsync(mesh.Two, RequestsMesh.Request("document", operation.ExamplePath["/requests/".Length..], client: new Client { Address = "::1", UserAgent = "x", Caller = "y", Gateway = "z" }));
        var list = (await ApiDocument.ReadAsync(mesh.One.Http)).Operations.Single(one => one.Path == "/requests");

        Assert.Empty(await ExampleRun.FaultsAsync(mesh.One.Http, list));
        Assert.Empty(await ExampleRun.FaultsAsync(mesh.One.Http, operation));
    }

    [Fact]
    public async Task RequestThatCompletes_IsNotListedAnyMore()
    {
        await mesh.PutAsync("short", """{"tokens":2}""");

        await mesh.One.AnswerAsync("short");

        await Eventually.HoldsAsync(() => !mesh.One.Services.GetRequiredService<RequestTable>().Open.Any(request => request.Arrival.Model.Name == "short"), "the table has forgotten it");
    }

    private static async Task FailsAsCancelledAsync(InferCall call)
    {
        var error = await call.FailedAsync();
        Assert.Equal((ErrorCode.Cancelled, "An operator ended this request.", false), (error.Code, error.Message, error.RetryElsewhere));
    }

    private async Task IsAsync(string model, string state) => await Eventually.HoldsAsync(
        async () => (await RequestsMesh.ListAsync(mesh.Two, $"model={model}&state={state}")).GetProperty("totals").GetProperty("requests").GetInt32() == 1,
        TimeSpan.FromSeconds(20),
        $"a request is {state}");
}
