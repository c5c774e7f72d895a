namespace ModelMesh.Cli.Terminals;

/// <summary>
/// Gives up waiting when the token fires: the console's own reader looks at it once and then waits for the user, whom Ctrl+C would not free. What was
/// being read is lost, so nothing is read after that. Only what commands use, which is asynchronous.
/// </summary>
internal sealed class InterruptibleReader(TextReader inner) : TextReader
{
    public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => new(WaitAsync(inner.ReadLine, cancellationToken));

    public override Task<string> ReadToEndAsync(CancellationToken cancellationToken) => WaitAsync(inner.ReadToEnd, cancellationToken);

    // On a thread of its own: a user may type nothing for ever, and what ends the wait needs the pool's.
    private static Task<T> WaitAsync<T>(Func<T> read, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(read, cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).WaitAsync(cancellationToken);
}
