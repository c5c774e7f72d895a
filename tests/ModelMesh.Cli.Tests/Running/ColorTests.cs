using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Running;

public sealed class ColorTests : CliTest
{
    [Fact]
    public async Task Table_AtATerminal_HasColours()
    {
        Registry.On("GET /models?limit=1000", Samples.Models(Samples.Model));
        Terminal = TestTerminal.Interactive();

        Assert.Equal(0, await RunAsync("models"));
        Assert.Contains("\u001b[", Terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "1")]
    public async Task Table_WithoutColoursWanted_HasNone(bool option, string? variable)
    {
        Registry.On("GET /models?limit=1000", Samples.Models(Samples.Model));
        Terminal = TestTerminal.Interactive();
        if (variable is not null)
        {
            Variables["NO_COLOR"] = variable;
        }

        Assert.Equal(0, await RunAsync(option ? ["models", "--no-color"] : ["models"]));
        Assert.DoesNotContain("\u001b[3", Terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[9", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_ThatIsRedirected_HasNoEscapeAndNoBlankAtTheEndOfALine()
    {
        Registry.On("GET /models?limit=1000", Samples.Models(Samples.Model));

        Assert.Equal(0, await RunAsync("models"));
        Assert.Equal("NAME  VERSION  BACKEND  STATUS  HEALTH   ACTIVE  QUEUED  WEIGHT  REV\nchat  v1       mock     ready   healthy     1/2       0     100    7\n", Terminal.Output);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Table_AtATerminal_IsNoWiderThanThat(int width)
    {
        var model = Samples.Model.Replace("\"chat\"", $"\"{new string('n', 70)}\"", StringComparison.Ordinal);
        Registry.On("GET /models?limit=1000", Samples.Models(model));
        Terminal = TestTerminal.Interactive(width);

        Assert.Equal(0, await RunAsync("models", "--no-color"));
        Assert.All(Plain(Terminal.Output).Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
