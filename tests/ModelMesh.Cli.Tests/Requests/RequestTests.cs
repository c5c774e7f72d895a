using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Requests;

public sealed class RequestTests : CliTest
{
    [Fact]
    public async Task Requests_OfAMeshWithAReplicaThatDoesNotAnswer_AreListedAndThatIsSaid()
    {
        Registry.On(
            "GET /requests?model=chat&state=streaming",
            $$"""{"requests":[{{Samples.Request("r-1")}}],"totals":{"requests":3,"queued":1,"waiting":1,"streaming":1},"unreachable":["i-2"],"next_cursor":"more"}""");

        Assert.Equal(0, await RunAsync("requests", "list", "--model", "chat", "--state", "streaming"));
        Assert.Contains("r-1  chat@v1  streaming  1.5 s  20 ms      12  search  i-1\n", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("3 in all: 1 queued, 1 waiting for their first token, 1 streaming", Terminal.Output, StringComparison.Ordinal);
        Assert.Equal("There are more: --cursor more\nNot counted, since they did not answer: i-2\n", Terminal.Errors);
    }

    [Fact]
    public async Task Request_ThatIsCancelled_IsSaidToHaveEnded()
    {
        Registry.On("DELETE /requests/r%2F1", $$"""{"cancelled":[{{Samples.Request("r/1")}}],"unreachable":[]}""");

        Assert.Equal(0, await RunAsync("requests", "cancel", "r/1"));
        Assert.Equal("Ended r/1 of chat@v1, streaming, 12 tokens, at i-1.\n", Terminal.Output);
    }
}
