using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Tests.Terminals;

public sealed class InterruptibleReaderTests
{
    [Fact]
    public async Task Waiting_ForAUserWhoTypesNothing_EndsWithTheToken()
    {
        using var user = new SilentUser();
        using var reader = new InterruptibleReader(user);
        using var interrupted = new CancellationTokenSource();

        var line = reader.ReadLineAsync(interrupted.Token).AsTask();
        await user.Asked;
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

    // A pipe would do, but one that is closed under a read that waits may wait for that read itself.
    private sealed class SilentUser : TextReader
    {
        private readonly ManualResetEventSlim _left = new();
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public override string? ReadLine()
        {
            _asked.SetResult();
            _left.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            _left.Set();
            base.Dispose(disposing);
        }
    }
}
