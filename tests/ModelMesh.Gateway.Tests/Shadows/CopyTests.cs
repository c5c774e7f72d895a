using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Tests.Shadows;

/// <summary>Which requests a shadow version gets, and when.</summary>
public sealed class CopyTests
{
    [Theory]
    [InlineData("/infer", """{"model":"chat","input":"hi","max_tokens":7,"hash_key":"me"}""")]
    [InlineData("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"hi"}],"max_tokens":7}""")]
    public async Task Request_OfAModelWithAShadow_IsSentToItOnceWithTheSameContent(string path, string body)
    {
        await using var mesh = await ShadowedGateway.StartAsync();

        await mesh.AskAsync(body, path);

        await mesh.CountedAsync(ShadowFields.Requests);
        var (real, copy) = (Assert.Single(mesh.Reals).Request, Assert.Single(mesh.Copies).Request);
        Assert.Equal(("s", $"{real.RequestId}-shadow", real.HashKey, real.Options.MaxTokens), (copy.Version, copy.RequestId, copy.HashKey, copy.Options.MaxTokens));
        Assert.Equal(real.Messages, copy.Messages);
        Assert.Equal((1, 1), (mesh.Figures.Of("real:completed"), mesh.Figures.Of("shadow:completed")));
        Assert.Equal(new ShadowPair(new("chat", "s"), 1, "v1", 1), Assert.Single(mesh.Figures.Pairs));
    }

    [Fact]
    public async Task Copy_IsNotSentBeforeTheRealAnswerHasItsFirstToken()
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        var first = new TaskCompletionSource();
        mesh.Registry.Behave = async call =>
        {
            await (call.Request.Shadow ? Task.CompletedTask : first.Task);
            await call.AnswerAsync("Hello");
        };
        var answer = mesh.AskAsync();
        await Eventually.HoldsAsync(() => mesh.Reals.Count == 1, "the real one is asked");
        Assert.Equal((0, 0), (mesh.Copies.Count, mesh.Sender.InFlight));

        first.SetResult();

        Assert.Contains("event: done", await answer, StringComparison.Ordinal);
        await mesh.CountedAsync(ShadowFields.Requests);
    }

    [Theory]
    [InlineData("""{"model":"chat","version":"v1","input":"named"}""")]
    [InlineData("""{"model":"chat","version":"s","input":"named"}""")]
    public async Task Request_ThatNamesItsVersion_IsNotCopied(string body)
    {
        await using var mesh = await ShadowedGateway.StartAsync();

        await mesh.AskAsync(body);
        await mesh.AskAsync();

        await mesh.CountedAsync(ShadowFields.Requests);
        Assert.Equal("hi", Assert.Single(mesh.Copies).Request.Messages[0].Content);
    }

    [Fact]
    public async Task Request_ThatAnAliasSendsToTheShadow_IsNotCopiedToIt()
    {
        await using var mesh = await ShadowedGateway.StartAsync(Shadows("s").With(new Alias { Name = "try", Target = new ModelTarget("chat", "s") }));

        await mesh.AskAsync("""{"model":"try","input":"to the shadow"}""");
        await mesh.AskAsync();

        await mesh.CountedAsync(ShadowFields.Requests);
        Assert.Equal(["s", "v1"], mesh.Reals.Select(call => call.Request.Version));
        Assert.Equal("hi", Assert.Single(mesh.Copies).Request.Messages[0].Content);
    }

    [Fact]
    public async Task Request_ThatFallsBackToAShadow_IsCopiedToTheOtherOneOnly()
    {
        var fallbacks = new Dictionary<string, IReadOnlyList<ModelTarget>>(StringComparer.Ordinal) { ["chat"] = [new ModelTarget("chat", "s")] };
        await using var mesh = await ShadowedGateway.StartAsync(Shadows("s", "t").With(new RoutingDefaults { ModelFallbacks = fallbacks }));
        mesh.Registry.Behave = call => call.Request.Version == "v1" ? throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "broken")) : call.AnswerAsync("fine");

        Assert.Contains("fine", await mesh.AskAsync(), StringComparison.Ordinal);

        await mesh.CountedAsync(ShadowFields.Requests);
        Assert.Equal("t", Assert.Single(mesh.Copies).Request.Version);
        Assert.Equal(new ShadowPair(new("chat", "t"), 1, "s", 1), Assert.Single(mesh.Figures.Pairs));
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(100, true, false)]
    [InlineData(100, false, true)]
    public async Task Request_OfAModelWhoseShadowIsSampledNeverOrDrainsOrMayNotBeSentTo_IsNotCopied(double sample, bool draining, bool noneMayBeSent)
    {
        await using var mesh = await ShadowedGateway.StartAsync(
            shadow => shadow with { ShadowSample = sample, Draining = draining }, noneMayBeSent ? "--Shadows:MaxInFlight=0" : "--Shadows:MaxInFlight=32");

        await mesh.AskAsync();

        await mesh.CountedAsync(ShadowFields.Dropped, noneMayBeSent ? 1 : 0);
        Assert.Empty(mesh.Copies);
        Assert.Equal(0, mesh.Sender.InFlight);
    }

    [Fact]
    public async Task Answer_ThatWasKept_IsNotCopied()
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Gateway.Client.DefaultRequestHeaders.Add("x-modelmesh-cache", "on");
        await mesh.AskAsync(ShadowedGateway.Greedy);
        await Eventually.HoldsAsync(() => mesh.Gateway.KeptAnswers.Kept.Count == 1, "the answer is kept");

        await mesh.AskAsync(ShadowedGateway.Greedy);
        await mesh.AskAsync("""{"model":"chat","input":"another","temperature":0}""");

        await mesh.CountedAsync(ShadowFields.Matched, 2);
        Assert.Equal(["hi", "another"], mesh.Copies.Select(copy => copy.Request.Messages[0].Content));
    }

    [Fact]
    public async Task Request_ThatItsVersionFails_IsCopiedAndCountsAsItsError()
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Behave(_ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "broken")), copy => copy.AnswerAsync("fine"));

        Assert.Contains("broken", await mesh.AskAsync(), StringComparison.Ordinal);

        await mesh.CountedAsync("shadow:completed");
        Assert.Equal((1, 0), (mesh.Figures.Of("real:errors"), mesh.Figures.Of(ShadowFields.Both)));
    }

    [Fact]
    public async Task Request_WhoseAnswerBreaksInItsMidst_CountsAsItsVersionsError()
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Behave(
            async real =>
            {
                await real.AcceptAsync();
                await real.TokensAsync("one");
                throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "broken"));
            },
            copy => copy.AnswerAsync("fine"));

        Assert.Contains("event: error", await mesh.AskAsync(), StringComparison.Ordinal);

        await mesh.CountedAsync("shadow:completed");
        Assert.Equal((1, 0), (mesh.Figures.Of("real:errors"), mesh.Figures.Of("real:left")));
    }

    [Fact]
    public async Task Request_ThatAFallbackAnswers_IsNotCopied()
    {
        await using var mesh = await ShadowedGateway.StartWithFallbackAsync();
        mesh.Behave(
            real => real.Request is { Model: "chat", Messages: [{ Content: "hi" }] } ? throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "broken")) : real.AnswerAsync("fine"),
            copy => copy.AnswerAsync("fine"));

        Assert.Contains("\"model\":\"backup\"", await mesh.AskAsync(), StringComparison.Ordinal);
        await mesh.AskAsync("""{"model":"chat","input":"later"}""");

        await mesh.CountedAsync(ShadowFields.Requests);
        Assert.Equal("later", Assert.Single(mesh.Copies).Request.Messages[0].Content);
    }

    [Theory]
    [InlineData(ErrorCode.CapacityExceeded)]
    [InlineData(ErrorCode.InvalidRequest)]
    public async Task Request_ThatIsRefused_IsNotCopied(ErrorCode code)
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Behave(_ => throw GrpcErrors.ToRpcException(new MeshException(code, "no")), copy => copy.AnswerAsync("fine"));
        await mesh.AskAsync();
        mesh.Behave(real => real.AnswerAsync("yes"), copy => copy.AnswerAsync("fine"));

        await mesh.AskAsync("""{"model":"chat","input":"later"}""");

        await mesh.CountedAsync(ShadowFields.Requests);
        Assert.Equal("later", Assert.Single(mesh.Copies).Request.Messages[0].Content);
    }

    [Theory]
    [InlineData("Hello| world", "Hel|lo wor|ld", ShadowedGateway.Greedy, 1, 1)]
    [InlineData("Hello| world", "Hello| you", ShadowedGateway.Greedy, 1, 0)]
    [InlineData("Hello| world", "Hello| world", ShadowedGateway.Body, 0, 0)]
    public async Task TwoAnswers_AreComparedToTheLetter_AtTemperatureZeroAlone(string real, string copy, string body, int matchable, int matched)
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Behave(call => call.AnswerAsync(real.Split('|')), call => call.AnswerAsync(copy.Split('|')));

        await mesh.AskAsync(body);

        await mesh.CountedAsync(ShadowFields.Both);
        Assert.Equal((matchable, matched, 1), (mesh.Figures.Of(ShadowFields.Matchable), mesh.Figures.Of(ShadowFields.Matched), mesh.Figures.Of(ShadowFields.SameFinish)));
        Assert.Equal((2, copy.Split('|').Length), (mesh.Figures.Of("real:tokens"), mesh.Figures.Of("shadow:tokens")));
        Assert.Equal((11, copy.Length - copy.Count(character => character == '|')), (mesh.Figures.Of("real:characters"), mesh.Figures.Of("shadow:characters")));
    }

    [Fact]
    public async Task FirstTokens_AreTimedAsTheBackendsTookForThem()
    {
        await using var mesh = await ShadowedGateway.StartAsync();
        mesh.Behave(call => TimedAsync(call, 3), call => TimedAsync(call, 300));

        await mesh.AskAsync();

        await mesh.CountedAsync(ShadowFields.Both);
        Assert.Equal((1, 1), (mesh.Figures.Of("real:b7"), mesh.Figures.Of("shadow:b33")));

        static async Task TimedAsync(Fakes.FakeCall call, int milliseconds)
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { new Delta { Text = "x" } }, BackendWaitUs = milliseconds * 1000 });
            await call.CompleteAsync(1);
        }
    }

    private static FakeCatalog Shadows(params string[] versions) => new([FakeCatalog.Model(), .. versions.Select(version => FakeCatalog.Model(version: version, shadow: true))]);
}
