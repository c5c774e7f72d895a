namespace ModelMesh.Cli.Terminals;

/// <summary>What a key did to a line.</summary>
internal enum LineOutcome
{
    Edited,
    Entered,
    Ended,
}

/// <summary>A line that is being typed, and the lines before it. No terminal in it: keys in, text and cursor out.</summary>
internal sealed class LineBuffer(List<string> earlier)
{
    private string _kept = "";
    private int _place = earlier.Count;

    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public LineOutcome Take(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return LineOutcome.Entered;
            case ConsoleKey.D when control:
                if (Text.Length == 0)
                {
                    return LineOutcome.Ended;
                }

                Cut(Cursor, Cursor + 1);
                break;
            case ConsoleKey.Delete:
                Cut(Cursor, Cursor + 1);
                break;
            case ConsoleKey.Backspace:
                Cut(Cursor - 1, Cursor);
                break;
            case ConsoleKey.U when control:
                Cut(0, Cursor);
                break;
            case ConsoleKey.K when control:
                Cut(Cursor, Text.Length);
                break;
            case ConsoleKey.W when control:
                Cut(WordBefore(), Cursor);
                break;
            case ConsoleKey.LeftArrow:
                Cursor = Math.Max(0, Cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                Cursor = Math.Min(Text.Length, Cursor + 1);
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                Cursor = 0;
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                Cursor = Text.Length;
                break;
            case ConsoleKey.UpArrow:
                Recall(_place - 1);
                break;
            case ConsoleKey.DownArrow:
                Recall(_place + 1);
                break;
            default:
                Insert(key.KeyChar);
                break;
        }

        return LineOutcome.Edited;
    }

    private void Insert(char character)
    {
        if (!char.IsControl(character))
        {
            Text = Text.Insert(Cursor++, character.ToString());
        }
    }

    private void Cut(int from, int to)
    {
        if (from >= 0 && to <= Text.Length)
        {
            Text = Text.Remove(from, to - from);
            Cursor = from;
        }
    }

    private int WordBefore()
    {
        var at = Cursor;
        while (at > 0 && Text[at - 1] == ' ')
        {
            at--;
        }

        while (at > 0 && Text[at - 1] != ' ')
        {
            at--;
        }

        return at;
    }

    private void Recall(int place)
    {
        if (place < 0 || place > earlier.Count)
        {
            return;
        }

        // What was being typed comes back at the end of the list.
        if (_place == earlier.Count)
        {
            _kept = Text;
        }

        _place = place;
        Text = place == earlier.Count ? _kept : earlier[place];
        Cursor = Text.Length;
    }
}
