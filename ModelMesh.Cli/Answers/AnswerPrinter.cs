using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Terminals;
using Spectre.Console;

namespace ModelMesh.Cli.Answers;

/// <summary>Prints pieces as they come: the answer to standard output, and what is not the answer (reasoning, refusals, tool calls) beside it.</summary>
internal sealed class AnswerPrinter
{
    private readonly CommandContext _context;
    private readonly IAnsiConsole _beside;
    private bool _hasReasoned;
    private bool _endsLine = true;

    public AnswerPrinter(CommandContext context)
    {
        _context = context;
        _beside = TerminalOutput.Console(context.Terminal.Error, ansi: !context.Terminal.IsErrorRedirected, context.HasColor, int.MaxValue, context.Terminal.Height);
    }

    public void Print(TokenEvent piece)
    {
        if (piece.Reasoning is { Length: > 0 } reasoning)
        {
            Beside(reasoning);
            _hasReasoned = true;
        }

        if (piece.Token is { Length: > 0 } text)
        {
            if (_hasReasoned)
            {
                Beside("\n");
                _hasReasoned = false;
            }

            _context.Terminal.Out.Write(SafeText.For(!_context.Terminal.IsOutputRedirected, text));
            _context.Terminal.Out.Flush();
            _endsLine = text.EndsWith('\n');
        }

        if (piece.Refusal is { Length: > 0 } refusal)
        {
            Beside(refusal);
        }

        if (piece.ToolCalls is { } calls)
        {
            Beside($"{calls.GetRawText()}\n");
        }
    }

    /// <summary>Ends the answer's last line.</summary>
    public void End()
    {
        if (!_endsLine || _hasReasoned)
        {
            _context.Terminal.Out.WriteLine();
        }
    }

    private void Beside(string text) => _beside.Write(new Text(SafeText.For(!_context.Terminal.IsErrorRedirected, text), new Style(decoration: Decoration.Dim)));
}
