using System.Text;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Upstream;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class WholeReadingTests
{
    private static readonly TokenPlan Plan = new(3, Size: 12);
    private static readonly string Answer = Encoding.UTF8.GetString(new AnswerBytes(Plan).Whole);

    [Fact]
    public void Answer_OfTheUpstream_IsComplete() => Check(Answer);

    [Fact]
    public void Answer_WithSpaceAfterIt_IsComplete() => Check(Answer + "\r\n");

    [Theory]
    [InlineData("0000002 xxxx\"", "\"", "cut")]
    [InlineData("0000002 xxxx\"", "0000002 xxx\"", "cut")]
    [InlineData("0000002 xxxx\"", "0000002 xxxx0000003 xxxx\"", "too long")]
    [InlineData("0000001 xxxx", "0000002 xxxx", "out of order")]
    [InlineData("0000001 xxxx", "000001  xxxx", "out of order")]
    [InlineData("0000001 xxxx", "0000001 xxyx", "out of order")]
    [InlineData("0000001 xxxx", "0000001xxxxx", "out of order")]
    [InlineData("\"stop\"", "\"length\"", "no end")]
    [InlineData("\"stop\"", "null", "no end")]
    [InlineData("\"usage\"", "usage", "no JSON")]
    [InlineData("\"usage\"", "\"content\":\"0000000 xxxx\",\"usage\"", "a second text")]
    public void Answer_ThatIsAnother_IsToldByItsFault(string part, string other, string fault)
    {
        Assert.Contains(part, Answer, StringComparison.Ordinal);
        Assert.Equal(fault, FaultOf(Answer.Replace(part, other, StringComparison.Ordinal)));
    }

    [Fact]
    public void Answer_WithSomethingBehindIt_IsNoJson() => Assert.Equal("no JSON", FaultOf(Answer + "}"));

    [Fact]
    public void Answer_ThatEndsInItsText_IsCut() => Assert.Equal("cut", FaultOf(Answer[..(Answer.IndexOf("0000002", StringComparison.Ordinal) + 3)]));

    [Fact]
    public void Answer_WithoutItsLastByte_IsNoJson() => Assert.Equal("no JSON", FaultOf(Answer[..^1]));

    [Fact]
    public void Answer_OfNothing_IsCut() => Assert.Equal("cut", FaultOf(""));

    private static string FaultOf(string answer) => Assert.Throws<AnswerFault>(() => Check(answer)).Message;

    private static void Check(string answer) => WholeReading.Check(Plan, Encoding.UTF8.GetBytes(answer));
}
