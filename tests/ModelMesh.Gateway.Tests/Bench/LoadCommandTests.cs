using ModelMesh.Bench.Compare;
using ModelMesh.Bench.Compare.Load;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class LoadCommandTests
{
    [Theory]
    [InlineData("--rate 5 --clients 5", "--rate and --clients are two ways to send; only one can be given.")]
    [InlineData("--answer whole --tokens 100001", "--tokens must be at most 100000 with --answer whole, not '100001'.")]
    [InlineData("--answer whole --tokens 10000000 --size 300", "--tokens must be at most 100000 with --answer whole, not '10000000'.")]
    public void Options_ThatCannotBe_AreNamedWithTheFault(string arguments, string fault) =>
        Assert.Equal(fault, Assert.Throws<FormatException>(() => LoadCommand.Parse(arguments.Split(' '))).Message);

    [Theory]
    [InlineData("--answer whole --tokens 100000 --size 1000", 100_000)]
    [InlineData("--tokens 10000000", 10_000_000)]
    public void Tokens_UpToTheMost_AreTaken(string arguments, int tokens) => Assert.Equal(tokens, LoadCommand.Parse(arguments.Split(' ')).Workload.Plan.Tokens);

    [Theory]
    [InlineData("http://127.0.0.1:1", "/v1/chat/completions")]
    [InlineData("http://127.0.0.1:1/", "/v1/chat/completions")]
    [InlineData("http://127.0.0.1:1/v1", "/v1/chat/completions")]
    [InlineData("http://127.0.0.1:1/v1/", "/v1/chat/completions")]
    [InlineData("http://127.0.0.1:1/models/dev1", "/models/dev1/v1/chat/completions")]
    [InlineData("http://127.0.0.1:1/a/v1?key=b", "/a/v1/chat/completions?key=b")]
    public void Path_OfTheUrl_Stays(string url, string asked)
    {
        using var message = new ChatRequest(LoadCommand.Parse(["--url", url]).Target, LoadCommand.Parse([]).Workload).ToMessage();

        Assert.Equal(asked, message.RequestUri!.PathAndQuery);
    }

    [Theory]
    [InlineData("--clients", true)]
    [InlineData("--rate", false)]
    public async Task Times_OfClientsThatWait_AreToldAsNotCorrected(string arrivals, bool isTold)
    {
        using var output = new StringWriter();

        // Nobody listens there: every answer fails, which the exit code tells.
        var exitCode = await LoadCommand.Parse(["--url", "http://127.0.0.1:1", arrivals, "1", "--seconds", "1"]).RunAsync(output);

        Assert.Equal((1, isTold), (exitCode, output.ToString().Contains("not corrected for coordinated omission", StringComparison.Ordinal)));
    }
}
