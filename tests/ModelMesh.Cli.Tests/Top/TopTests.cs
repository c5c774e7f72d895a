using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Top;

public sealed class TopTests : CliTest
{
    private const string Instances = """{"instances":[{"id":"i-1","grpc_address":"http://a:1","http_address":"http://a:2","plugins":[],"started_at":"2020-01-01T00:00:00+00:00","stopping":false}]}""";
    private const string Offered = """{"object":"list","data":[{"id":"chat","modelmesh":{"tokens_per_second":40,"time_to_first_token_ms":120,"versions":[{"version":"v1","tokens_per_second":41.5,"time_to_first_token_ms":123}]}}]}""";

    private int _active = 1;

    [Fact]
    public async Task Top_WithoutATerminal_IsOneLookWithoutEscapes()
    {
        Serve();

        Assert.Equal(0, await RunAsync("top"));
        Assert.Contains("1 versions · 1/2 active · 0 queued · 1 instances", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("chat@v1  ready      1/2  ██████······       0     100     42  123 ms  healthy\n", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("r-1  chat@v1  streaming", Terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Terminal.Output);
    }

    [Fact]
    public async Task Top_WhereAPartCannotBeHad_ShowsTheRestAndSaysWhatIsMissing()
    {
        Registry.On("GET /models?limit=1000", Samples.Models(Samples.Model)).On("GET /instances", Instances);

        Assert.Equal(0, await RunAsync("top", "--gateway", $"http://127.0.0.1:{LoopbackPort.Free()}"));
        Assert.Contains("chat@v1", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("The gateway at", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("There is nothing at /requests", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_AtATerminal_DrawsAgainWhatChangedAndLeavesAtQ()
    {
        Serve();
        Terminal = TestTerminal.Interactive();

        var running = RunAsync("top", "--interval", "100ms");
        await Eventually.HoldsAsync(() => Terminal.Output.Contains("1/2", StringComparison.Ordinal), "the first look is shown");
        var shown = Terminal.Output.Length;
        _active = 2;
        await Eventually.HoldsAsync(() => Terminal.Output[shown..].Contains("2/2", StringComparison.Ordinal), "the change is shown");
        var change = Terminal.Output[shown..];
        Terminal.Press(ConsoleKey.Q);

        Assert.Equal(0, await running);
        Assert.DoesNotContain("STATUS", change, StringComparison.Ordinal);
        Assert.StartsWith("\u001b[?1049h", Terminal.Output, StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?1049l", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_WhoseRegistryGoesAway_KeepsWhatItSawAndSaysSo()
    {
        Serve();
        Terminal = TestTerminal.Interactive(width: 160);

        var running = RunAsync("top", "--interval", "100ms");
        await Eventually.HoldsAsync(() => Terminal.Output.Contains("1/2", StringComparison.Ordinal), "the first look is shown");
        Registry.On("GET /models?limit=1000", """{"error":{"code":"store_unavailable","message":"The store is away.","type":"store_error"}}""", 503);
        await Eventually.HoldsAsync(() => Terminal.Output.Contains("The store is away.", StringComparison.Ordinal), "the trouble is shown");
        Terminal.Interrupt();

        Assert.Equal(130, await running);
        Assert.EndsWith("\u001b[?1049l", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_AtALowTerminal_FitsIntoItsHeight()
    {
        Serve();
        Terminal = TestTerminal.Interactive(height: 14);
        Terminal.Press(ConsoleKey.Q);
        Registry.On("GET /models?limit=1000", Samples.Models([.. Enumerable.Range(0, 50).Select(number => Samples.Model.Replace("\"chat\"", $"\"m{number}\"", StringComparison.Ordinal))]));

        Assert.Equal(0, await RunAsync("top"));
        Assert.Contains("\u001b[14;1H", Terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[15;1H", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("q leaves", Terminal.Output, StringComparison.Ordinal);
    }

    private void Serve()
    {
        Registry.On("GET /models?limit=1000", async context =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Samples.Models(Samples.Model.Replace("\"active\":1", $"\"active\":{_active}", StringComparison.Ordinal))));
            })
            .On("GET /instances", Instances)
            .On("GET /requests?limit=200", $$"""{"requests":[{{Samples.Request("r-1")}}],"totals":{"requests":1,"queued":0,"waiting":0,"streaming":1},"unreachable":[]}""");
        Gateway.On("GET /v1/models", Offered);
    }
}
