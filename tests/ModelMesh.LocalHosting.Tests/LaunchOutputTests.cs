namespace ModelMesh.LocalHosting.Tests;

public sealed class LaunchOutputTests
{
    [Fact]
    public void Write_NoTerminal_PrefixesEachLineWithItsName()
    {
        var writer = new RecordingWriter();
        new LaunchOutput(writer, inColour: false).Write("gateway", "hello");

        Assert.Equal(["gateway    | hello"], writer.Lines);
    }

    [Fact]
    public void Write_Terminal_GivesEachNameOneColourOfItsOwn()
    {
        var writer = new RecordingWriter();
        var output = new LaunchOutput(writer, inColour: true);
        output.Write("one", "x");
        output.Write("two", "x");
        output.Write("one", "x");

        Assert.Equal(writer.Lines[0], writer.Lines[2]);
        Assert.StartsWith("\e[36mone", writer.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("\e[33mtwo", writer.Lines[1], StringComparison.Ordinal);
    }
}
