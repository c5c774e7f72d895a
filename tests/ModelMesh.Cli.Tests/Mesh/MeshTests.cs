using Microsoft.AspNetCore.Http;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Mesh;

public sealed class MeshTests : CliTest
{
    private const string Healthy = """{"status":"healthy","checks":[{"name":"self","status":"healthy"}]}""";
    private const string Event = """{"revision":7,"kind":"registered","id":"chat%40home@v1","name":"chat@home","version":"v1"}""";

    [Fact]
    public async Task Health_OfServicesThatServe_IsOk()
    {
        Registry.On("GET /health", Healthy);
        Gateway.On("GET /health", Healthy);

        Assert.Equal(0, await RunAsync("health"));
    }

    [Fact]
    public async Task Health_OfAServiceThatCannotServe_ShowsTheReasonAndEndsWith1()
    {
        Registry.On("GET /health", """{"status":"unhealthy","checks":[{"name":"store","status":"unhealthy","reason":"The store is away."}]}""", 503);
        Gateway.On("GET /health", Healthy);

        Assert.Equal(1, await RunAsync("health"));
        Assert.Contains("The store is away.", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OfAServiceThatIsNotThere_ShowsTheOtherOneAllTheSameAndEndsWith3()
    {
        Gateway.On("GET /health", Healthy);

        Assert.Equal(3, await RunAsync("health", "--registry", $"http://127.0.0.1:{LoopbackPort.Free()}"));
        Assert.Contains("not reachable", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("gateway   healthy", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backends_ThatFailed_ShowTheReason()
    {
        Registry.On("GET /backends", """{"backends":[{"plugin":"Broken","state":"failed","error":"No factory.","models":2,"health":{"healthy":1,"starting":0,"unhealthy":1,"unknown":0}}]}""");

        Assert.Equal(0, await RunAsync("backends"));
        Assert.Contains("1 healthy, 1 unhealthy  No factory.", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_AreListedWithWhatTheyCanServe()
    {
        Registry.On("GET /instances", """
            {"instances":[{"id":"i-1","grpc_address":"http://a:1","http_address":"http://a:2","plugins":[{"type":"mock","version":"1","state":"ready"},{"type":"vllm","version":"1","state":"failed"}],
            "started_at":"2020-01-01T00:00:00+00:00","stopping":true}]}
            """);

        Assert.Equal(0, await RunAsync("instances"));
        Assert.Contains("stopping  mock\n", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_UpToACount_AreALineEach()
    {
        Registry.OnEvents("GET /events", $"registered {Event}", $"registered {Event}");

        Assert.Equal(0, await RunAsync("events", "--count", "1"));
        Assert.EndsWith("registered  chat@home@v1\n", Terminal.Output, StringComparison.Ordinal);
        Assert.Single(Terminal.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Event_ThatIsNoneOfTheMeshs_IsSaidToBeThat()
    {
        Registry.OnEvents("GET /events", "registered nonsense");

        Assert.Equal(1, await RunAsync("events"));
        Assert.Equal("error: An event of the stream cannot be read.\n", Terminal.Errors);
    }

    [Fact]
    public async Task Events_WhoseStreamEnds_EndWith1()
    {
        Registry.OnEvents("GET /events", $"registered {Event}");

        Assert.Equal(1, await RunAsync("events", "--json"));
        Assert.Equal($"{Event}\n", Terminal.Output);
    }

    [Fact]
    public async Task Events_ThatAreFollowed_GoOnInANewStream()
    {
        var calls = 0;
        Registry.On("GET /events", context =>
        {
            calls++;
            context.Response.StatusCode = calls == 2 ? 503 : 200;
            return calls == 2 ? context.Response.WriteAsync("No server is available, says the balancer") : FakeService.WriteEventsAsync(context, $"registered {Event}");
        });

        Assert.Equal(0, await RunAsync("events", "--follow", "--count", "2"));
        Assert.Equal(3, calls);
        Assert.Contains("what happens until it is open again is missed", Terminal.Errors, StringComparison.Ordinal);
    }
}
