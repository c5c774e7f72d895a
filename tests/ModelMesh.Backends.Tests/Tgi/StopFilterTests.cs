using ModelMesh.Backends.Tgi.Streaming;
using Xunit;

namespace ModelMesh.Backends.Tests.Tgi;

public sealed class StopFilterTests
{
    [Fact]
    public void Text_ThatBeginsNoStopSequence_PassesAtOnce()
    {
        var filter = new StopFilter(["END", "###"]);

        Assert.Equal("Hello", filter.Push("Hello"));
        Assert.Equal(" #", filter.Push(" #x#")[..2]);
        Assert.Equal("", filter.Push("#"));
        Assert.Equal("##y", filter.Push("y"));
        Assert.False(filter.Stopped);
        Assert.Equal("", filter.Flush());
    }

    [Fact]
    public void StopSequence_OverSeveralTexts_IsCutOff()
    {
        var filter = new StopFilter(["<end>"]);

        Assert.Equal("Hi", filter.Push("Hi<"));
        Assert.Equal("", filter.Push("en"));
        Assert.Equal("", filter.Push("d>"));
        Assert.True(filter.Stopped);
        Assert.Equal("", filter.Push("more"));
        Assert.Equal("", filter.Flush());
    }

    [Fact]
    public void Text_HeldBackAtTheEnd_IsGivenBack()
    {
        var filter = new StopFilter(["END"]);

        Assert.Equal("The ", filter.Push("The EN"));
        Assert.Equal("EN", filter.Flush());
    }

    [Fact]
    public void StopSequences_ThatEndTogether_CutAtTheLonger()
    {
        Assert.Equal("x", Run(["b", "ab"], "xab"));
        Assert.Equal("", Run(["\n"], "\n\n"));
    }

    [Fact]
    public void Answer_HoweverItIsSplit_EndsBeforeTheStopSequenceThatIsCompleteFirst()
    {
        string[][] stops = [["aab"], ["ab", "ba"], ["aa", "bbb"], ["abab", "b"], []];
        foreach (var set in stops)
        {
            for (var number = 0; number < 256; number++)
            {
                var text = string.Concat(Enumerable.Range(0, 8).Select(bit => (number >> bit & 1) == 0 ? 'a' : 'b'));
                var first = Enumerable.Range(0, 9).FirstOrDefault(end => set.Any(stop => text[..end].EndsWith(stop, StringComparison.Ordinal)), 8);
                var cut = first - set.Where(stop => text[..first].EndsWith(stop, StringComparison.Ordinal)).Select(stop => stop.Length).DefaultIfEmpty(0).Max();
                for (var size = 1; size <= 4; size++)
                {
                    Assert.Equal(text[..cut], Run(set, [.. text.Chunk(size).Select(piece => new string(piece))]));
                }
            }
        }
    }

    private static string Run(string[] stops, params string[] texts)
    {
        var filter = new StopFilter(stops);
        return string.Concat(texts.Select(filter.Push)) + filter.Flush();
    }
}
