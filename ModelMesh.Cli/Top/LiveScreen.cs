using ModelMesh.Cli.Terminals;
using Spectre.Console.Rendering;

namespace ModelMesh.Cli.Top;

/// <summary>The terminal's other screen, while it is shown: what was there before comes back at the end.</summary>
internal sealed class LiveScreen : IDisposable
{
    private const string Enter = "\u001b[?1049h\u001b[?25l";
    private const string Leave = "\u001b[?25h\u001b[?1049l";

    private readonly ITerminal _terminal;
    private readonly bool _color;
    private IReadOnlyList<string>? _shown;
    private (int Width, int Height) _size;

    public LiveScreen(ITerminal terminal, bool color)
    {
        _terminal = terminal;
        _color = color;
        terminal.Out.Write(Enter);
    }

    public void Show(IRenderable frame)
    {
        var size = (_terminal.Width, _terminal.Height);
        if (size != _size)
        {
            (_size, _shown) = (size, null);
        }

        using var buffer = new StringWriter();
        TerminalOutput.Console(buffer, ansi: true, _color, size.Width, size.Height).Write(frame);
        string[] lines = [.. buffer.ToString().TrimEnd('\n').Split('\n').Take(size.Height)];
        var changes = ScreenDiff.Between(_shown, lines);
        _shown = lines;
        if (changes.Length > 0)
        {
            _terminal.Out.Write(changes);
            _terminal.Out.Flush();
        }
    }

    public void Dispose()
    {
        _terminal.Out.Write(Leave);
        _terminal.Out.Flush();
    }
}
