namespace ModelMesh.Cli.Terminals;

/// <summary>Reads lines from a terminal, with editing and the lines before at the arrow keys. Ctrl+C takes the line back.</summary>
internal sealed class LineEditor(ITerminal terminal)
{
    private static readonly TimeSpan ForEver = TimeSpan.FromDays(10);

    private readonly List<string> _earlier = [];

    /// <returns>Null at the end (Ctrl+D on an empty line).</returns>
    public async Task<string?> ReadAsync(string prompt, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var taken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var interrupt = terminal.OnInterrupt(taken.Cancel);
            try
            {
                var (line, ended) = await ReadLineAsync(prompt, taken.Token);
                terminal.Out.WriteLine();
                if (!ended && line.Length > 0 && _earlier.LastOrDefault() != line)
                {
                    _earlier.Add(line);
                }

                return ended ? null : line;
            }
            catch (OperationCanceledException) when (taken.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                terminal.Out.WriteLine("^C");
            }
        }
    }

    private async Task<(string Line, bool Ended)> ReadLineAsync(string prompt, CancellationToken cancellationToken)
    {
        var buffer = new LineBuffer(_earlier);
        while (true)
        {
            Draw(prompt, buffer);
            if (await terminal.ReadKeyAsync(ForEver, cancellationToken) is not { } key)
            {
                continue;
            }

            switch (buffer.Take(key))
            {
                case LineOutcome.Entered:
                    return (buffer.Text, false);
                case LineOutcome.Ended:
                    return ("", true);
            }
        }
    }

    // One line of the terminal: of a longer text the part around the cursor.
    private void Draw(string prompt, LineBuffer buffer)
    {
        var room = Math.Max(10, terminal.Width - prompt.Length - 1);
        var from = Math.Max(0, buffer.Cursor - room + 1);
        var shown = buffer.Text.AsSpan(from, Math.Min(room, buffer.Text.Length - from));
        terminal.Out.Write($"\r{prompt}{shown}\u001b[K\r\u001b[{prompt.Length + buffer.Cursor - from}C");
        terminal.Out.Flush();
    }
}
