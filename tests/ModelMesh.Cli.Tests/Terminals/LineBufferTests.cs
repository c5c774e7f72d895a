using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Tests.Terminals;

public sealed class LineBufferTests
{
    [Theory]
    [InlineData("abc", "abc", 3)]
    [InlineData("abc<<X", "aXbc", 2)]
    [InlineData("abc#", "ab", 2)]
    [InlineData("abc<#", "ac", 1)]
    [InlineData("#", "", 0)]
    [InlineData("abc^X", "Xabc", 1)]
    [InlineData("abc^>>$X", "abcX", 4)]
    [InlineData("one two!", "one ", 4)]
    [InlineData("one two<<<u", "two", 0)]
    [InlineData("one two<<<k", "one ", 4)]
    [InlineData("abc^d", "bc", 0)]
    public void Keys_EditTheLineAtTheCursor(string keys, string text, int cursor)
    {
        var buffer = new LineBuffer([]);
        Type(buffer, keys);
        Assert.Equal((text, cursor), (buffer.Text, buffer.Cursor));
    }

    [Fact]
    public void Arrows_BringEarlierLinesAndThenWhatWasBeingTyped()
    {
        var buffer = new LineBuffer(["first", "second"]);
        Type(buffer, "new");
        var seen = new List<string>();
        foreach (var key in new[] { ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.DownArrow, ConsoleKey.DownArrow })
        {
            buffer.Take(Key(key));
            seen.Add(buffer.Text);
        }

        Assert.Equal(["second", "first", "first", "second", "new", "new"], seen);
    }

    [Fact]
    public void CtrlD_OnAnEmptyLine_EndsTheInput() => Assert.Equal(LineOutcome.Ended, new LineBuffer([]).Take(Key(ConsoleKey.D, control: true)));

    [Fact]
    public void Enter_EntersTheLine() => Assert.Equal(LineOutcome.Entered, new LineBuffer([]).Take(Key(ConsoleKey.Enter)));

    private static void Type(LineBuffer buffer, string keys)
    {
        foreach (var key in keys)
        {
            buffer.Take(key switch
            {
                '<' => Key(ConsoleKey.LeftArrow),
                '>' => Key(ConsoleKey.RightArrow),
                '#' => Key(ConsoleKey.Backspace),
                '^' => Key(ConsoleKey.Home),
                '$' => Key(ConsoleKey.End),
                '!' => Key(ConsoleKey.W, control: true),
                'u' => Key(ConsoleKey.U, control: true),
                'k' => Key(ConsoleKey.K, control: true),
                'd' => Key(ConsoleKey.Delete),
                _ => new ConsoleKeyInfo(key, ConsoleKey.None, false, false, false),
            });
        }
    }

    private static ConsoleKeyInfo Key(ConsoleKey key, bool control = false) => new('\0', key, false, false, control);
}
