using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

/// <summary>Real requests over gRPC, as the tally has them.</summary>
public sealed class RolloutTrafficTests : IAsyncLifetime
{
    private TestRegistry _registry = null!;

    public async Task InitializeAsync()
    {
        _registry = await TestRegistry.StartAsync();
        _registry.Put(TestModel.Mock());
        _registry.Catalog.Put(Sample.Rollout() with { MaxTtftP95Ms = 1 });
    }

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    [Theory]
    [InlineData("{}", 1, 0, 1)]
    [InlineData("""{"fail_before_first_token":true}""", 1, 1, 0)]
    [InlineData("""{"tokens":9,"fail_after_tokens":2}""", 1, 1, 1)]
    [InlineData("""{"fail_before_first_token":true,"error_kind":"invalid_request"}""", 0, 0, 0)]
    [InlineData("""{"unheard_of":1}""", 1, 1, 0)]
    public async Task Request_ToTheTarget_CountsByHowItEnds(string backend, int requests, int failures, int firstTokens)
    {
        PutTarget(backend);

        await SendAsync();

        var to = Tallied().To;
        Assert.Equal((requests, failures, firstTokens), (to.Requests, to.Failures, to.FirstTokens));
    }

    [Fact]
    public async Task Request_WhoseFirstTokenIsLaterThanAllowed_CountsAsSlow()
    {
        PutTarget("""{"first_token_delay_ms":20}""");

        await SendAsync();

        Assert.Equal((1, 1), (Tallied().To.FirstTokens, Tallied().To.Slow));
    }

    [Fact]
    public async Task Request_ToTheOldVersion_CountsForIt()
    {
        using var call = _registry.Infer();
        await call.CompletedAsync();

        Assert.Equal((1, 0), (Tallied().From.Requests, Tallied().To.Requests));
    }

    [Fact]
    public async Task Request_ThatIsAShadowsCopy_DoesNotCount()
    {
        PutTarget("""{"fail_before_first_token":true}""");

        await SendAsync(request => request.Shadow = true);

        Assert.Empty(_registry.Tally.ToTell());
    }

    [Fact]
    public async Task Request_WhoseCallerGoes_DoesNotCount()
    {
        PutTarget("""{"hang":true}""");
        using var gone = new CancellationTokenSource();
        using var call = new InferCall(_registry.Client.Infer(Request(), cancellationToken: gone.Token));
        await Eventually.HoldsAsync(() => _registry.Watchdog.Open == 1, "it runs");

        await gone.CancelAsync();

        await call.Ended;
        await Eventually.HoldsAsync(() => _registry.Watchdog.Open == 0, "it has ended");
        Assert.Empty(_registry.Tally.ToTell());
    }

    [Fact]
    public async Task Request_OverCapacity_DoesNotCount()
    {
        var target = _registry.Put(TestModel.Mock(maxConcurrency: 1) with { Version = "v2" });
        await _registry.Leases.AcquireAsync(target.Id, target.Revision);

        Assert.Equal(ErrorCode.CapacityExceeded, (await SendAsync())!.Code);
        Assert.Empty(_registry.Tally.ToTell());
    }

    private static InferRequest Request() =>
        new() { RequestId = Guid.NewGuid().ToString("N"), Model = "chat", Version = "v2", Messages = { new ChatMessage { Role = "user", Content = "hello world" } } };

    private void PutTarget(string backend) => _registry.Put(TestModel.Mock(backend) with { Version = "v2" });

    private async Task<MeshException?> SendAsync(Action<InferRequest>? change = null)
    {
        var request = Request();
        change?.Invoke(request);
        using var call = new InferCall(_registry.Client.Infer(request));
        return await call.Ended.WaitAsync(TimeSpan.FromSeconds(20)) is { } exception ? GrpcErrors.FromRpcException(exception) : null;
    }

    private StepTally Tallied() => _registry.Tally.ToTell() is [var batch] ? TallyFields.Read(batch.Counts, step: 0) : StepTally.None;
}
