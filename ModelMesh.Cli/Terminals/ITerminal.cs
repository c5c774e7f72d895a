namespace ModelMesh.Cli.Terminals;

/// <summary>Where the program reads and writes. One command uses it at a time; only <see cref="OnInterrupt"/>'s handlers come from another thread.</summary>
internal interface ITerminal
{
    /// <summary>Its writes throw <see cref="OutputGone"/> where it is a pipe that nobody reads any more.</summary>
    TextWriter Out { get; }

    TextWriter Error { get; }

    TextReader In { get; }

    bool IsInputRedirected { get; }

    bool IsOutputRedirected { get; }

    bool IsErrorRedirected { get; }

    /// <summary>In columns; of what is redirected the variable <c>COLUMNS</c>, or so many that nothing is cut.</summary>
    int Width { get; }

    /// <summary>In lines.</summary>
    int Height { get; }

    /// <summary>The next key, not echoed; null where none comes within the time.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    Task<ConsoleKeyInfo?> ReadKeyAsync(TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Calls the handler at Ctrl+C, instead of those that were given before, until it is disposed.</summary>
    IDisposable OnInterrupt(Action handler);
}
