using System.IO.Pipes;
using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Tests.Terminals;

public sealed class InterruptibleReaderTests
{
    [Fact]
    public async Task Waiting_ForAUserWhoTypesNothing_EndsWithTheToken()
    {
        await using var user = new AnonymousPipeServerStream(PipeDirection.Out);
        using var input = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, user.ClientSafePipeHandle));
        using var reader = new InterruptibleReader(input);
        using var interrupted = new CancellationTokenSource();

        var line = reader.ReadLineAsync(interrupted.Token).AsTask();
        Assert.False(line.IsCompleted);
        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => line);
    }

    [Fact]
    public async Task Text_ThatIsThere_IsReadAsItIs()
    {
        using var reader = new InterruptibleReader(new StringReader("yes\nand more\n"));

        Assert.Equal("yes", await reader.ReadLineAsync(CancellationToken.None));
        Assert.Equal("and more\n", await reader.ReadToEndAsync(CancellationToken.None));
    }
}
