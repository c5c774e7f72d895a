using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Tests.Shadows;

/// <summary>Whatever a shadow version does, its copies are nobody's trouble.</summary>
public sealed class HarmlessShadowTests
{
    public static TheoryData<string, string?> Shadows => new()
    {
        { "answers", "shadow:completed" },
        { "hangs before it accepts", null },
        { "hangs before its first token", null },
        { "hangs in its midst", null },
        { "is full", "shadow:unserved" },
        { "cannot be reached", "shadow:errors" },
        { "fails before its first token", "shadow:errors" },
        { "fails in its midst", "shadow:errors" },
        { "refuses what the other took", "shadow:errors" },
        { "says what nobody understands", "shadow:unserved" },
    };

    [Theory]
    [MemberData(nameof(Shadows))]
    public async Task Client_OfAModelWhoseShadowMisbehaves_GetsTheSameBytes(string shadow, string? counted)
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Behave(real => real.AnswerAsync("one", " two", " three"), copy => copy.AnswerAsync("four"));
        var (stream, whole) = (await mesh.AskAsync("""{"model":"chat","version":"v1","input":"hi"}"""), await WholeAsync(mesh, """, "version":"v1" """));
        mesh.Behave(real => real.AnswerAsync("one", " two", " three"), copy => BehaveAsync(copy, shadow));

        Assert.Equal(stream, await mesh.AskAsync());
        Assert.Equal(whole, await WholeAsync(mesh));

        if (counted is not null)
        {
            await mesh.CountedAsync(counted, 2);
            Assert.Equal(2, mesh.Figures.Of("real:completed"));
        }
        else
        {
            await Eventually.HoldsAsync(() => mesh.Sender.InFlight == 2, "both copies hang");
            Assert.Empty(mesh.Figures.Pairs);
        }
    }

    [Fact]
    public async Task Copies_OverTheMostAtOnce_AreDroppedAndCounted()
    {
        await using var mesh = await ShadowedGateway.StartAsync("--Shadows:MaxInFlight=2");
        mesh.Behave(real => real.AnswerAsync("fine"), copy => copy.HangAsync());

        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("event: done", await mesh.AskAsync(), StringComparison.Ordinal);
        }

        await mesh.CountedAsync(ShadowFields.Dropped, 3);
        await Eventually.HoldsAsync(() => mesh.Copies.Count == 2, "two copies are under way");
        Assert.Equal((2, 0, 0), (mesh.Sender.InFlight, mesh.Figures.Of(ShadowFields.Requests), mesh.Figures.Of("real:completed")));
    }

    [Fact]
    public async Task Client_ThatLeaves_DoesNotTakeTheCopyAlong()
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        var later = new TaskCompletionSource();
        mesh.Behave(
            async real =>
            {
                await real.AcceptAsync();
                await real.TokensAsync("one");
                await real.HangAsync();
            },
            async copy =>
            {
                await copy.AcceptAsync();
                await copy.TokensAsync("one");
                await later.Task;
                await copy.CompleteAsync(1);
            });
        using (await mesh.SendAsync())
        {
            await Eventually.HoldsAsync(() => mesh.Copies is [{ Sent: 1 }], "the copy is under way");
        }

        await Eventually.HoldsAsync(() => mesh.Reals[0].CancelledAt != 0, "the real one has ended");
        Assert.Equal(0, mesh.Copies[0].CancelledAt);
        later.SetResult();

        await mesh.CountedAsync("shadow:completed");
        Assert.Equal((1, 0), (mesh.Figures.Of("real:left"), mesh.Figures.Of("real:errors")));
    }

    [Fact]
    public async Task Request_ThatAnOperatorEnds_FailedNeitherVersion()
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Behave(EndedAsync, EndedAsync);

        Assert.Contains("\"code\":\"cancelled\"", await mesh.AskAsync(), StringComparison.Ordinal);

        await mesh.CountedAsync("real:left");
        await mesh.CountedAsync("shadow:unserved");
        Assert.Equal((0, 0), (mesh.Figures.Of("real:errors"), mesh.Figures.Of("shadow:errors")));

        static async Task EndedAsync(FakeCall call)
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.Cancelled));
        }
    }

    [Fact]
    public async Task Gateway_ThatStops_EndsItsCopiesAtOnce()
    {
        await using var mesh = await ShadowedGateway.StartAsync("--Shutdown:Grace=00:00:20");
        var later = new TaskCompletionSource();
        mesh.Behave(
            async real =>
            {
                await real.AcceptAsync();
                await real.TokensAsync("one");
                await later.Task;
                await real.CompleteAsync(1);
            },
            copy => BehaveAsync(copy, "hangs before its first token"));
        using var response = await mesh.SendAsync();
        await Eventually.HoldsAsync(() => mesh.Copies.Count == 1, "the copy is under way");

        var stopped = mesh.Gateway.StopAsync();

        await Eventually.HoldsAsync(() => mesh.Copies[0].CancelledAt != 0 && mesh.Sender.InFlight == 0, "the copy has ended");
        Assert.False(stopped.IsCompleted);
        later.SetResult();
        Assert.Contains("event: done", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await stopped;
        Assert.Empty(mesh.Figures.Pairs);
    }

    [Fact]
    public async Task Copy_ThatTakesTooLong_IsEndedAndCountsAsAnError()
    {
        await using var mesh = await ShadowedGateway.StartAsync("--Shadows:MaxDuration=00:00:01");
        mesh.Behave(real => real.AnswerAsync("fine"), copy => BehaveAsync(copy, "hangs in its midst"));

        await mesh.AskAsync();

        await mesh.CountedAsync("shadow:errors");
        await Eventually.HoldsAsync(() => mesh.Copies[0].CancelledAt != 0, "the registry was told");
    }

    [Fact]
    public async Task Figures_WhileTheStoreIsAway_AreToldOnceWhenItIsBack()
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Figures.StoreIsAway = true;
        for (var i = 0; i < 3; i++)
        {
            await mesh.AskAsync();
            await Eventually.HoldsAsync(() => mesh.Copies.Count == i + 1 && mesh.Sender.InFlight == 0, "the copy has ended");
        }

        mesh.Figures.StoreIsAway = false;

        await mesh.CountedAsync(ShadowFields.Requests, 3);
        Assert.Equal((3, 3), (mesh.Figures.Of("real:completed"), mesh.Figures.Of("shadow:completed")));
    }

    private static async Task<string> WholeAsync(ShadowedGateway mesh, string more = "")
    {
        // The time is that of the request.
        var answer = System.Text.Json.Nodes.JsonNode.Parse(await mesh.AskAsync($$"""{"model":"chat","messages":[{"role":"user","content":"hi"}]{{more}}}""", "/v1/chat/completions"))!.AsObject();
        answer.Remove("created");
        answer.Remove("id");
        return answer.ToJsonString();
    }

    private static async Task BehaveAsync(FakeCall copy, string how)
    {
        if (how is "hangs before its first token" or "hangs in its midst" or "fails before its first token" or "fails in its midst")
        {
            await copy.AcceptAsync();
        }

        if (how.EndsWith("in its midst", StringComparison.Ordinal))
        {
            await copy.TokensAsync("four");
        }

        await (how switch
        {
            "answers" => copy.AnswerAsync("four"),
            "is full" => throw Error(ErrorCode.CapacityExceeded),
            "cannot be reached" => throw Error(ErrorCode.BackendUnavailable),
            "refuses what the other took" => throw Error(ErrorCode.InvalidRequest),
            "says what nobody understands" => Task.CompletedTask,
            _ when how.StartsWith("fails", StringComparison.Ordinal) => throw Error(ErrorCode.BackendError),
            _ => copy.HangAsync(),
        });

        static Grpc.Core.RpcException Error(ErrorCode code) => GrpcErrors.ToRpcException(new MeshException(code, "no"));
    }
}
