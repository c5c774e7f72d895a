using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Running;

/// <summary>Each exit code, met as a script would meet it.</summary>
public sealed class ExitCodeTests : CliTest
{
    [Theory]
    [InlineData(400, "invalid_request", ExitCodes.Failed)]
    [InlineData(403, "permission_denied", ExitCodes.Failed)]
    [InlineData(404, "model_not_found", ExitCodes.NotFound)]
    [InlineData(404, null, ExitCodes.Failed)]
    [InlineData(404, "invalid_request", ExitCodes.Failed)]
    [InlineData(409, "conflict", ExitCodes.Conflict)]
    [InlineData(412, "precondition_failed", ExitCodes.Conflict)]
    [InlineData(429, "capacity_exceeded", ExitCodes.Failed)]
    [InlineData(503, "store_unavailable", ExitCodes.Failed)]
    public void ExitCode_OfAnErrorAnswer_IsThatOfItsKind(int status, string? code, int expected) => Assert.Equal(expected, ExitCodes.Of(status, code));

    [Fact]
    public async Task Command_ThatTheRegistryAnswers_EndsWith0()
    {
        Registry.On("GET /models?limit=1000", Samples.Models());

        Assert.Equal(0, await RunAsync("models"));
        Assert.Equal("No models.\n", Terminal.Output);
    }

    [Fact]
    public async Task Command_ThatTheRegistryRefuses_EndsWithItsCodeAndOneLineOfError()
    {
        Registry.On("GET /models/nope", Samples.NotFound, 404);

        Assert.Equal(4, await RunAsync("models", "show", "nope"));
        Assert.Equal("error: Model 'nope' is not registered. (model_not_found, 404)\n", Terminal.Errors);
        Assert.Empty(Terminal.Output);
    }

    [Fact]
    public async Task Command_WithSeveralFaults_ListsEachOnItsOwnLineOnce()
    {
        Registry.On("POST /models", """{"error":{"code":"invalid_request","message":"a: is wrong; b: is wrong too","type":"client_error","details":[{"field":"a","message":"is wrong"},{"field":"b","message":"is wrong too"}]}}""", 400);

        Assert.Equal(1, await RunAsync("register", "chat@v1"));
        Assert.Equal("error: 2 faults (invalid_request, 400)\n  a: is wrong\n  b: is wrong too\n", Terminal.Errors);
    }

    [Fact]
    public async Task Command_WhoseServiceIsNotThere_EndsWith3AndNamesTheAddress()
    {
        var address = $"http://127.0.0.1:{LoopbackPort.Free()}";

        Assert.Equal(3, await RunAsync("models", "--registry", address));
        Assert.Contains($"The registry at {address} cannot be reached", Terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WhoseAnswerTakesLongerThanItsTimeout_EndsWith3()
    {
        Registry.On("GET /models?limit=1000", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));

        Assert.Equal(3, await RunAsync("models", "--timeout", "100ms"));
        Assert.Contains("did not answer within 100 ms (--timeout)", Terminal.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models", "--bogus")]
    [InlineData("nonsense")]
    [InlineData("weights")]
    [InlineData("weights", "chat", "v1=many")]
    [InlineData("models", "--limit", "few")]
    [InlineData("models", "--timeout", "soon")]
    [InlineData("models", "--registry", "ftp://registry")]
    [InlineData("rollout")]
    [InlineData("drain", "chat")]
    [InlineData("completion", "tcsh")]
    [InlineData("load", "chat", "-c", "0")]
    public async Task Command_ThatIsWrittenWrongly_EndsWith2AndSendsNothing(params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.StartsWith("error: ", Terminal.Errors, StringComparison.Ordinal);
        Assert.Single(Terminal.Errors.TrimEnd().Split('\n'));
        Assert.Empty(Registry.Seen);
    }

    [Theory]
    [InlineData("--weight must be a number, not 'abc'. See mesh register --help.", "register", "y@v1", "--weight", "abc")]
    [InlineData("--weight must be a number, not '0,5'. See mesh register --help.", "register", "y@v1", "--weight", "0,5")]
    [InlineData("--weight must be a number, not 'NaN'. See mesh register --help.", "register", "y@v1", "--weight", "NaN")]
    [InlineData("--limit must be a whole number, not '1.5'. See mesh models list --help.", "models", "list", "--limit", "1.5")]
    [InlineData("--limit is out of range: '9999999999'. See mesh models list --help.", "models", "list", "--limit", "9999999999")]
    [InlineData("--requests must be a whole number, not 'many'. See mesh load --help.", "load", "chat", "-n", "many")]
    public async Task Number_ThatIsNone_IsSaidInWordsOfTheCommandLine(string error, params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.Equal($"error: {error}\n", Terminal.Errors);
    }

    [Fact]
    public async Task Command_AtCtrlC_EndsWith130()
    {
        var asked = new TaskCompletionSource();
        Registry.On("GET /models?limit=1000", context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        var running = RunAsync("models");
        await asked.Task;
        Terminal.Interrupt();

        Assert.Equal(130, await running);
        Assert.Equal("Cancelled.\n", Terminal.Errors);
    }

    [Fact]
    public async Task Answer_OfSomethingElseThanTheMesh_IsSaidToBeThat()
    {
        Registry.On("GET /models?limit=1000", "<html>");

        Assert.Equal(1, await RunAsync("models"));
        Assert.Contains("is the address right?", Terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_OfAProxyBetween_IsShownWithItsStatus()
    {
        Registry.On("GET /models?limit=1000", "Bad gateway, says the proxy", 502);

        Assert.Equal(1, await RunAsync("models"));
        Assert.Equal("error: The registry answered 502 BadGateway: Bad gateway, says the proxy.\n", Terminal.Errors);
    }
}
