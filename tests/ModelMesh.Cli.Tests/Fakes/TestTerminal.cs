using System.Text;
using System.Threading.Channels;
using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Tests.Fakes;

/// <summary>A terminal that a test types at and reads from. As it is made, nothing is a terminal: all three streams are redirected.</summary>
internal sealed class TestTerminal : ITerminal
{
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
    private readonly List<Action> _handlers = [];
    private readonly LockedWriter _out = LockedWriter.Create();
    private readonly LockedWriter _error = LockedWriter.Create();

    public TextWriter Out => _out;

    public TextWriter Error => _error;

    public TextReader In { get; set; } = new StringReader("");

    public bool IsInputRedirected { get; set; } = true;

    public bool IsOutputRedirected { get; set; } = true;

    public bool IsErrorRedirected { get; set; } = true;

    public int Width { get; set; } = 4_000;

    public int Height { get; set; } = 24;

    public string Output => _out.ToString();

    public string Errors => _error.ToString();

    /// <summary>Makes it a terminal where a person sits.</summary>
    public static TestTerminal Interactive(int width = 100, int height = 30) =>
        new() { IsInputRedirected = false, IsOutputRedirected = false, IsErrorRedirected = false, Width = width, Height = height };

    public void Type(string text)
    {
        foreach (var character in text)
        {
            _keys.Writer.TryWrite(character is '\n' ? new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false) : new ConsoleKeyInfo(character, ConsoleKey.None, false, false, false));
        }
    }

    public void Press(ConsoleKey key, bool control = false) => _keys.Writer.TryWrite(new ConsoleKeyInfo('\0', key, false, false, control));

    /// <summary>Ctrl+C.</summary>
    public void Interrupt()
    {
        Action handler;
        lock (_handlers)
        {
            handler = _handlers[^1];
        }

        handler();
    }

    public async Task<ConsoleKeyInfo?> ReadKeyAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(wait);
        try
        {
            return await _keys.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public IDisposable OnInterrupt(Action handler)
    {
        lock (_handlers)
        {
            _handlers.Add(handler);
        }

        return new Registration(this, handler);
    }

    private sealed class Registration(TestTerminal terminal, Action handler) : IDisposable
    {
        public void Dispose()
        {
            lock (terminal._handlers)
            {
                terminal._handlers.Remove(handler);
            }
        }
    }

    // A test reads while the program writes.
    private sealed class LockedWriter : TextWriter
    {
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        // Nothing in it needs to be disposed, so nobody has to own it.
        public static LockedWriter Create() => new LockedWriter();

        public override void Write(char value)
        {
            lock (_text)
            {
                _text.Append(value);
            }
        }

        public override void Write(string? value)
        {
            lock (_text)
            {
                _text.Append(value);
            }
        }

        public override string ToString()
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }
}
