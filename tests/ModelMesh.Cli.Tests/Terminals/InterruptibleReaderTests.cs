using System.IO.Pipes;
using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Tests.Terminals;

public sealed class InterruptibleReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Waiting_ForAUserWhoTypesNothing_EndsWithTheToken()
    {
        var user = new AnonymousPipeServerStream(PipeDirection.Out);
        using var input = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, user.ClientSafePipeHandle));
        using var reader = new InterruptibleReader(input);
        using var interrupted = new CancellationTokenSource();

        try
        {
            var line = reader.ReadLineAsync(interrupted.Token).AsTask();
            Assert.False(line.IsCompleted);
            await interrupted.CancelAsync().WaitAsync(Patience, TimeProvider.System);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => line.WaitAsync(Patience, TimeProvider.System));
        }
        finally
        {
            // First: the read that was given up ends with it, before what it reads is closed.
            await user.DisposeAsync();
        }
    }

    [Fact]
    public async Task Text_ThatIsThere_IsReadAsItIs()
    {
        using var reader = new InterruptibleReader(new StringReader("yes\nand more\n"));

        Assert.Equal("yes", await reader.ReadLineAsync(CancellationToken.None));
        Assert.Equal("and more\n", await reader.ReadToEndAsync(CancellationToken.None));
    }
}
