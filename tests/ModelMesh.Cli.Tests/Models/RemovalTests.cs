using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Models;

public sealed class RemovalTests : CliTest
{
    [Fact]
    public async Task Delete_ThatIsConfirmed_DeletesTheVersion()
    {
        Registry.On("DELETE /models/chat/versions/v1", "", 204);
        Terminal = TestTerminal.Interactive();
        Terminal.In = new StringReader("yes\n");

        Assert.Equal(0, await RunAsync("delete", "chat@v1"));
        Assert.Contains("Delete chat@v1? [y/N]", Terminal.Errors, StringComparison.Ordinal);
        Assert.Equal("Deleted chat@v1.\n", Terminal.Output);
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")]
    public async Task Delete_ThatIsNotConfirmed_DeletesNothing(string reply)
    {
        Terminal = TestTerminal.Interactive();
        Terminal.In = new StringReader(reply);

        Assert.Equal(130, await RunAsync("delete", "chat@v1"));
        Assert.Empty(Registry.Seen);
    }

    [Fact]
    public async Task Delete_OfWhatStreams_EndsWith5()
    {
        Registry.On("DELETE /models/chat/versions/v1", """{"error":{"code":"conflict","message":"2 streams run.","type":"client_error"}}""", 409);

        Assert.Equal(5, await RunAsync("delete", "chat@v1", "--yes"));
    }

    [Fact]
    public async Task Delete_WithDrain_AsksForThat()
    {
        Registry.On("DELETE /models/chat/versions/v1?drain=true", Samples.Model, 202);

        Assert.Equal(0, await RunAsync("delete", "chat@v1", "--drain", "--yes"));
        Assert.Contains("deleted when its 1 streams have ended", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_ThatWaits_ReturnsWhenTheVersionIsGone()
    {
        var looks = 0;
        Registry.On("DELETE /models/chat/versions/v1?drain=true", Samples.Model, 202).On("GET /models/chat/versions/v1", async context =>
        {
            context.Response.StatusCode = ++looks == 1 ? 200 : 404;
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(looks == 1 ? Samples.Model : Samples.NotFound));
        });

        Assert.Equal(0, await RunAsync("drain", "chat@v1", "--wait", "--yes"));
        Assert.Equal(2, looks);
        Assert.EndsWith("Deleted chat@v1.\n", Terminal.Output, StringComparison.Ordinal);
    }
}
