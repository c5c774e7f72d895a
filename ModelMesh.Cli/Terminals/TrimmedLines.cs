using System.Text;

namespace ModelMesh.Cli.Terminals;

/// <summary>Passes text on without the blanks at the ends of lines that fill up tables: nobody sees them, and whoever reads it with a program would.</summary>
internal sealed class TrimmedLines(TextWriter inner) : TextWriter
{
    private readonly StringBuilder _blanks = new();

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value is ' ')
        {
            _blanks.Append(value);
            return;
        }

        if (value is not '\n')
        {
            inner.Write(_blanks);
        }

        _blanks.Clear();
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
