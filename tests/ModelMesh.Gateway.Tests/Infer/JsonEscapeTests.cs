using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Tests.Infer;

public sealed class JsonEscapeTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("\r\n\t", "\\r\\n\\t")]
    [InlineData("\0\u001f\u007f", "\\u0000\\u001f\\u007f")]
    [InlineData("\u2028\u2029", "\\u2028\\u2029")]
    [InlineData("héllo 模型 😀", "héllo 模型 😀")]
    public void Write_Text_EscapesOnlyWhatItMust(string text, string escaped) => Assert.Equal(escaped, Escape(text));

    // Not in the table above: a test's name cannot hold half a pair.
    [Fact]
    public void Write_LoneSurrogates_BecomeReplacementCharacters()
    {
        Assert.Equal("a\ufffd", Escape("a" + (char)0xD83D));
        Assert.Equal("a\ufffdb", Escape("a" + (char)0xDE00 + "b"));
        Assert.Equal("\ufffd\\n", Escape((char)0xD83D + "\n"));
    }

    [Fact]
    public void Write_AnyTextAtAll_ReadsBackAsItself_WithLoneSurrogatesReplaced() => Check.QuickThrowOnFailure(
        Prop.ForAll(
            ArbMap.Default.ArbFor<char[]>(),
            characters =>
            {
                var text = new string(characters);
                var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                return JsonSerializer.Deserialize<string>($"\"{Escape(text)}\"") == expected;
            }));

    private static string Escape(string text)
    {
        var buffer = new byte[text.Length * JsonEscape.MaxBytesPerChar];
        return Encoding.UTF8.GetString(buffer, 0, JsonEscape.Write(text, buffer));
    }
}
