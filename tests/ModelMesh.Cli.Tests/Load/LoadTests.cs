using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Load;

public sealed class LoadTests : CliTest
{
    private const string Stream = "POST /v1/stream_infer";
    private const string Token = """token {"token":"a"}""";
    private const string Done = """done {"finish_reason":"stop"}""";

    private static readonly string[] Times = ["first_token_ms", "gap_ms", "total_ms"];

    [Fact]
    public async Task Load_OfAModelThatAnswers_CountsEveryRequestAndToken()
    {
        var now = 0;
        var most = 0;
        var gate = new TaskCompletionSource();
        Gateway.On(Stream, async context =>
        {
            var here = Interlocked.Increment(ref now);
            InterlockedMax(ref most, here);
            if (here == 4)
            {
                gate.TrySetResult();
            }

            await gate.Task;
            await FakeService.WriteEventsAsync(context, Token, Token, Token);
            // Before the end: the client may begin its next request as soon as it has that.
            Interlocked.Decrement(ref now);
            await FakeService.WriteEventsAsync(context, Done);
        });

        Assert.Equal(0, await RunAsync("load", "chat", "-c", "4", "-n", "20", "--prompt", "Go!", "--json"));

        var report = JsonNode.Parse(Terminal.Output)!;
        Assert.Equal(
            (20, 20, 0, 60, 0),
            ((int)report["requests"]!, (int)report["completed"]!, (int)report["cut"]!, (int)report["tokens"]!, report["errors"]!.AsObject().Count));
        Assert.All(Times, field => Assert.True((double)report[field]!["p99"]! > 0));
        Assert.Equal((4, 4, 4), (most, (int)report["concurrency"]!, (int)report["at_once"]!));
        Assert.Equal(20, Gateway.Seen.Count);
        Assert.Equal("""{"messages":[{"role":"user","content":"Go!"}],"model":"chat"}""", Gateway.Seen.First().Body);
    }

    [Fact]
    public async Task Load_WithCutStreamsAndErrors_TellsThemApartAndEndsWith1()
    {
        var number = 0;
        Gateway.On(Stream, context => (Interlocked.Increment(ref number) % 4) switch
        {
            0 => FakeService.WriteEventsAsync(context, Token),
            1 => FakeService.WriteEventsAsync(context, Token, """error {"error":{"code":"backend_error","message":"It broke.","type":"backend_error"}}"""),
            2 => RefuseAsync(context),
            _ => FakeService.WriteEventsAsync(context, Token, Done),
        });

        Assert.Equal(1, await RunAsync("load", "chat", "-c", "2", "-n", "8"));
        Assert.Contains("complete   2\n", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("failed     2 backend_error\n", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("failed     2 capacity_exceeded\n", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("cut        2 cut_stream\n", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OfFewerRequestsThanItsConcurrency_SaysHowManyReallyRanAtOnce()
    {
        var here = 0;
        var gate = new TaskCompletionSource();
        Gateway.On(Stream, async context =>
        {
            if (Interlocked.Increment(ref here) == 3)
            {
                gate.TrySetResult();
            }

            await gate.Task;
            await FakeService.WriteEventsAsync(context, Token, Done);
        });

        Assert.Equal(0, await RunAsync("load", "chat", "-n", "3"));
        Assert.Contains(", 3 at once, ", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_ThatIsRefusedThroughout_SaysWhyAndEndsAsThatFailureDoes()
    {
        Gateway.On(Stream, Samples.NotFound, 404);

        Assert.Equal(4, await RunAsync("load", "nope", "-c", "1", "-n", "2"));
        Assert.Contains("why        Model 'nope' is not registered.", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_ForATime_EndsByItself()
    {
        Gateway.OnEvents(Stream, Token, Done);

        Assert.Equal(0, await RunAsync("load", "chat", "-c", "2", "-d", "200ms", "--json"));
        Assert.True((int)JsonNode.Parse(Terminal.Output)!["requests"]! > 0);
    }

    [Fact]
    public async Task Load_AtCtrlC_ShowsWhatCameUntilThenAndEndsWith130()
    {
        Gateway.On(Stream, async context =>
        {
            await FakeService.WriteEventsAsync(context, Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        Terminal = TestTerminal.Interactive();

        var running = RunAsync("load", "chat", "-c", "3");
        await Eventually.HoldsAsync(() => Terminal.Output.Contains("3 in flight", StringComparison.Ordinal), "the load runs");
        Terminal.Interrupt();

        Assert.Equal(130, await running);
        Assert.Contains("0 in ", Terminal.Output, StringComparison.Ordinal);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = 429;
        return context.Response.WriteAsync("""{"error":{"code":"capacity_exceeded","message":"It is full.","type":"limit_error"}}""");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
