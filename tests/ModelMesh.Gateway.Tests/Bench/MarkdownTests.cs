using ModelMesh.Bench.Compare.Report;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class MarkdownTests
{
    [Fact]
    public void Text_WithMarks_LosesTheirMeaning() => Assert.Equal(@"a\|b \*c\* \`d\` \<e\> \_f\_ \\", Markdown.Escape(@"a|b *c* `d` <e> _f_ \"));

    [Fact]
    public void Text_OfSeveralLines_BecomesOne() => Assert.Equal("a b c", Markdown.Escape("a\r\nb\nc\n"));

    [Fact]
    public void Code_WithAFence_GetsALongerOne() => Assert.Equal("````\n```\n````\n", Markdown.Code("```"));

    [Fact]
    public void Table_OfFigures_StandsToTheRight() =>
        Assert.Equal("|  | a |\n|---|--:|\n| x | 1 |\n", Markdown.Table(["", "a"], [["x", "1"]], figures: true));
}
