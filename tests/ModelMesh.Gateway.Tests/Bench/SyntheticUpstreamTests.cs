using System.Diagnostics;
using System.Net;
using System.Text;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Upstream;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class SyntheticUpstreamTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_OfAPlan_AreCompleteForTheGenerator(bool stream)
    {
        var record = new RunRecord();
        await WithUpstreamAsync(async (_, address) =>
        {
            using var load = new LoadRun(new Target(address), new Workload { Plan = new TokenPlan(5, Size: 20, FirstMs: 5, GapMs: 2), Stream = stream, Arrivals = new Arrivals.Once(20, TimeSpan.Zero) });
            await load.RunAsync(record);
        });

        Assert.Empty(record.Errors);
        Assert.Equal((20, 100), (record.Complete, record.Tokens));
    }

    [Fact]
    public Task Tokens_WithTimes_AreNeverEarly() => WithUpstreamAsync(async (http, address) =>
    {
        var since = Stopwatch.GetTimestamp();
        using var whole = await AskAsync(http, address, new TokenPlan(3, FirstMs: 60, GapMs: 20), stream: true);
        await whole.Content.ReadAsByteArrayAsync();

        Assert.True(Stopwatch.GetElapsedTime(since) >= TimeSpan.FromMilliseconds(100));
    });

    [Fact]
    public Task Open_WhileAnAnswerIsWrittenAndAfterItsReaderHasGone_CountsItOnlyBefore() => WithUpstreamAsync(async (http, address) =>
    {
        using (var answer = await AskAsync(http, address, new TokenPlan(1_000, GapMs: 600), stream: true))
        {
            Assert.Equal("1", await http.GetStringAsync(new Uri(address, SyntheticUpstream.OpenPath)));
        }

        // The next token finds that nobody reads; all thousand would take ten minutes.
        while (await http.GetStringAsync(new Uri(address, SyntheticUpstream.OpenPath)) != "0")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    });

    [Fact]
    public Task WholeAnswer_LongerThanTheMost_IsRefusedAndNotCut() => WithUpstreamAsync(async (http, address) =>
    {
        using var refused = await AskAsync(http, address, new TokenPlan(TokenPlan.MostInOnePiece + 1), stream: false);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("at most 100000 tokens", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Model_ThatIsNoPlan_IsRefused() => WithUpstreamAsync(async (http, address) =>
    {
        using var content = new StringContent("""{"model":"gpt-4"}""");
        using var refused = await http.PostAsync(new Uri(address, "/v1/chat/completions"), content);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    });

    [Fact]
    public async Task Port_ThatIsTaken_IsToldInOneLine()
    {
        var fault = "";
        await WithUpstreamAsync(async (_, address) =>
            fault = (await Assert.ThrowsAsync<FormatException>(() => SyntheticUpstream.RunAsync(address.Port, address.Port))).Message);

        Assert.StartsWith("The upstream cannot listen on ports", fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    }

    [Fact]
    public void Answers_OfMorePlansThanAreKept_AreStillRightAndNotKept()
    {
        var answers = new KeptAnswers();
        for (var tokens = 1; tokens <= 3 * KeptAnswers.Most; tokens++)
        {
            Assert.Contains($"synthetic-{tokens}x8-", Encoding.UTF8.GetString(answers.Of(new TokenPlan(tokens)).Role), StringComparison.Ordinal);
            Assert.InRange(answers.Count, 1, KeptAnswers.Most);
        }

        Assert.Same(answers.Of(new TokenPlan(1)), answers.Of(new TokenPlan(1)));
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, Uri address, TokenPlan plan, bool stream)
    {
        using var message = new ChatRequest(new Target(address), new Workload { Plan = plan, Stream = stream, Arrivals = new Arrivals.Once(1, TimeSpan.Zero) }).ToMessage();
        return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task WithUpstreamAsync(Func<HttpClient, Uri, Task> work)
    {
        using var pacer = new Pacer();
        await using var upstream = SyntheticUpstream.Build(pacer, static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await upstream.StartAsync();
        using var http = new HttpClient();
        await work(http, new Uri(upstream.Urls.First()));
    }
}
