namespace ModelMesh.Cli.Terminals;

/// <summary>
/// Gives up waiting when the token fires: the console's own reader looks at it once and then waits for the user, whom Ctrl+C would not free. What was
/// being read is lost, so nothing is read after that. Only what commands use, which is asynchronous.
/// </summary>
internal sealed class InterruptibleReader(TextReader inner) : TextReader
{
    public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => new(Task.Run(inner.ReadLine, cancellationToken).WaitAsync(cancellationToken));

    public override Task<string> ReadToEndAsync(CancellationToken cancellationToken) => Task.Run(inner.ReadToEnd, cancellationToken).WaitAsync(cancellationToken);
}
