using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Upstream;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class LoadRunTests
{
    private static readonly TokenPlan Plan = new(3);

    [Fact]
    public async Task Answers_ThatAreWhatWasAskedFor_AreComplete()
    {
        var record = await RunAsync(new Arrivals.Once(20, TimeSpan.FromMilliseconds(20)), stream: true, static (_, answer) => answer);

        Assert.Equal((20, 20, 60), (record.Requests, record.Complete, record.Tokens));
        Assert.Equal((20, 40, 20), (record.FirstToken.ToLatency().Count, record.Gap.ToLatency().Count, record.Total.ToLatency().Count));
    }

    [Fact]
    public async Task Answers_WithOneInFiveCut_AreCountedByTheirFault()
    {
        var record = await RunAsync(new Arrivals.Rate(1_000, TimeSpan.FromMilliseconds(20)), stream: true, static (number, answer) => number % 5 == 0 ? answer[..200] : answer);

        Assert.Equal((20, 16, 4), (record.Requests, record.Complete, record.Errors["cut"]));
    }

    [Fact]
    public async Task WholeAnswers_WithARefusedOne_AreCountedByItsStatus()
    {
        var record = await RunAsync(new Arrivals.Once(4, TimeSpan.Zero), stream: false, static (number, answer) => number == 1 ? null : answer);

        Assert.Equal((3, 1), (record.Complete, record.Errors["status 503"]));
    }

    [Fact]
    public async Task Latency_OfARequestThatHadToWait_IsCountedFromWhenItShouldHaveBeenSent()
    {
        using var free = new SemaphoreSlim(1);
        var record = await RunAsync(
            new Arrivals.Rate(1_000, TimeSpan.FromMilliseconds(4)),
            stream: false,
            static (_, answer) => answer,
            // One at a time, 50 ms each: the last of four has waited for three.
            async () =>
            {
                await free.WaitAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
                free.Release();
            });

        Assert.True(record.Total.ToLatency().Max > 180, $"The longest took {record.Total.ToLatency().Max} ms.");
    }

    private static async Task<RunRecord> RunAsync(Arrivals arrivals, bool stream, Func<int, byte[], byte[]?> answer, Func<Task>? before = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        var (bytes, count) = (new AnswerBytes(Plan), 0);
        server.Run(async context =>
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            var sent = answer(Interlocked.Increment(ref count), stream ? Streamed(bytes) : bytes.Whole);
            context.Response.StatusCode = sent is null ? 503 : 200;
            await context.Response.Body.WriteAsync(sent ?? []);
        });
        await server.StartAsync();
        using var load = new LoadRun(new Target(new Uri(server.Urls.First())), new Workload { Plan = Plan, Arrivals = arrivals, Stream = stream });
        var record = new RunRecord();
        await load.RunAsync(record);
        return record;
    }

    private static byte[] Streamed(AnswerBytes bytes)
    {
        var answer = new byte[Plan.Tokens * bytes.ChunkLength];
        for (var token = 0; token < Plan.Tokens; token++)
        {
            bytes.WriteChunk(answer.AsSpan(token * bytes.ChunkLength), token);
        }

        return [.. bytes.Role, .. answer, .. bytes.End];
    }
}
