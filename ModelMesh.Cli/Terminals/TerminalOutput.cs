using System.Text;
using Spectre.Console;

namespace ModelMesh.Cli.Terminals;

/// <summary>A terminal's output as Spectre.Console wants it.</summary>
/// <param name="width">In columns.</param>
/// <param name="height">In lines.</param>
internal sealed class TerminalOutput(TextWriter writer, bool isTerminal, int width, int height) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => width;

    public int Height => height;

    public void SetEncoding(Encoding encoding)
    {
        // The terminal's encoding is not ours to change.
    }

    /// <summary>No ANSI at all where nothing but bytes is wanted; the 16 colours of the terminal's own theme where colours are.</summary>
    public static IAnsiConsole Console(TextWriter writer, bool ansi, bool color, int width, int height) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = ansi && color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = ansi ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new TerminalOutput(writer, ansi, width, height),
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });
}
