using System.Net;
using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Tests.OpenAI;

namespace ModelMesh.Gateway.Tests.Service;

public sealed class BatchTests
{
    private const string Path = "/v1/batch_infer";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batch_AnswersInOrder_EachItsOwnAnswerOrError(bool asObject)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.Request.Messages[0].Content == "break"
            ? throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "it broke"))
            : call.AnswerAsync(call.Request.Messages[0].Content);
        await using var gateway = await TestGateway.StartAsync(registry);
        const string Items = """[{"model":"chat","prompt":"a"},{"model":"chat","prompt":"break"},{"model":"chat","prompt":"c","temperature":9},7,{"model":"nobody","input":"d"},{"model":"chat","input":"e"}]""";

        using var response = await gateway.PostAsync(Path, asObject ? $$"""{"requests":{{Items}}}""" : Items);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("x-modelmesh-model"));
        var results = asObject ? body.RootElement.GetProperty("results") : body.RootElement;
        Assert.Equal(["a", "backend_error", "temperature", "invalid_request", "model_not_found", "e"], results.EnumerateArray().Select(Summary));
        Assert.Equal(["r-1-0", "r-1-1", "r-1-5"], registry.Calls.Select(call => call.Request.RequestId).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("""{"requests":[]}""", """{"results":[]}""")]
    public async Task Batch_OfNothing_IsAnsweredWithNothing(string body, string answer)
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.Equal(answer, await gateway.TextAsync(Path, body));
    }

    [Theory]
    [InlineData("7", "")]
    [InlineData("{}", "requests")]
    [InlineData("""{"requests":{},"more":1}""", "requests | more")]
    [InlineData("""[1,2,3]""", "")]
    [InlineData("""{"requests":[1,2,3]}""", "requests")]
    public async Task Batch_ThatIsNone_IsRefusedWhole(string body, string fields)
    {
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Service:MaxBatch=2"]);
        using var response = await gateway.PostAsync(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields, await ApiCalls.FaultsAsync(response));
    }

    [Fact]
    public async Task Batch_RunsAsManyAtOnceAsAreAllowed()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var (running, peak, all) = (0, 0, new TaskCompletionSource());
        registry.Behave = async call =>
        {
            lock (all)
            {
                peak = Math.Max(peak, ++running);
                if (running == 3)
                {
                    all.TrySetResult();
                }
            }

            await all.Task;
            await Task.Yield();
            lock (all)
            {
                running--;
            }

            await call.AnswerAsync("x");
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Service:BatchParallelism=3"], registry);

        await gateway.TextAsync(Path, Batch(12));

        Assert.Equal((12, 3), (registry.Calls.Count, peak));
    }

    [Fact]
    public async Task Batch_ForAModelThatTakesOneAtATime_IsAnsweredWhole()
    {
        await using var registry = await FakeRegistry.StartAsync();
        using var slot = new SemaphoreSlim(1);
        registry.Behave = async call =>
        {
            if (!slot.Wait(0))
            {
                throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.CapacityExceeded));
            }

            await Task.Yield();
            slot.Release();
            await call.AnswerAsync("x");
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        for (var i = 0; i < 10; i++)
        {
            Assert.DoesNotContain("error", await gateway.TextAsync(Path, Batch(20)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Batch_ForAModelThatIsFull_SaysSoOfEach()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.CapacityExceeded));
        await using var gateway = await TestGateway.StartAsync(registry);

        using var body = JsonDocument.Parse(await gateway.TextAsync(Path, Batch(5)));

        Assert.Equal(Enumerable.Repeat("capacity_exceeded", 5), body.RootElement.EnumerateArray().Select(Summary));
    }

    [Fact]
    public async Task Batch_ThatIsLongerThanIsCollected_SaysSoOfWhatIsTooMuch()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.AnswerAsync(new string('x', 600));
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:MaxWholeAnswer=1024", "--Service:BatchParallelism=1"], registry);

        using var body = JsonDocument.Parse(await gateway.TextAsync(Path, Batch(2)));

        Assert.Equal("backend_error", Summary(body.RootElement[1]));
        Assert.StartsWith("xxx", Summary(body.RootElement[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_ClientGone_CancelsAllThatRun()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.HangAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Service:BatchParallelism=3"], registry);
        using var leave = new CancellationTokenSource();
        var answer = gateway.PostAsync(Path, Batch(9), leave.Token);
        await Eventually.HoldsAsync(() => registry.Calls.Count == 3, "three run");

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Eventually.HoldsAsync(() => registry.Calls.All(call => call.CancelledAt != 0), "all are cancelled");
        Assert.Equal(3, registry.Calls.Count);
    }

    [Fact]
    public async Task Batch_AtShutdown_AnswersWhatIsDoneAndSaysWhyTheRestIsNot()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.Request.Messages[0].Content == "0" ? call.AnswerAsync("done") : call.HangAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Service:BatchParallelism=2", "--Shutdown:Grace=00:00:00.1"], registry);
        var answer = gateway.TextAsync(Path, Batch(4));
        await Eventually.HoldsAsync(() => registry.Calls.Count == 3, "one is done and two run");

        await gateway.StopAsync();

        using var body = JsonDocument.Parse(await answer);
        Assert.Equal(["done", "backend_unavailable", "backend_unavailable", "backend_unavailable"], body.RootElement.EnumerateArray().Select(Summary));
    }

    private static string Batch(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(index => $$"""{"model":"chat","prompt":"{{index}}"}"""))}]";

    /// <summary>The text, or of an error the field it names, or its code.</summary>
    private static string Summary(JsonElement result)
    {
        if (!result.TryGetProperty("error", out var error))
        {
            return result.GetProperty("text").GetString()!;
        }

        var field = error.TryGetProperty("details", out var details) ? details[0].GetProperty("field").GetString() : "";
        return field is "" ? error.GetProperty("code").GetString()! : field!;
    }
}
