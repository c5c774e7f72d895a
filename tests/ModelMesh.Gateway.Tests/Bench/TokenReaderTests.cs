using System.Text;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Upstream;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class TokenReaderTests
{
    private static readonly TokenPlan Plan = new(3, Size: 12);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public void Answer_OfTheUpstream_IsCompleteHoweverItIsCut(int piece)
    {
        var answer = Answer(0, 1, 2);
        var reader = new TokenReader(Plan);
        var kept = Array.Empty<byte>();
        for (var at = 0; at < answer.Length; at += piece)
        {
            kept = [.. kept, .. answer.AsSpan(at, Math.Min(piece, answer.Length - at))];
            kept = kept[reader.Read(kept)..];
        }

        reader.End();
        Assert.Equal((3, 0), (reader.Tokens, kept.Length));
    }

    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(1, 2, 3)]
    public void Tokens_MissingOrTwiceOrSwapped_AreOutOfOrder(params int[] tokens) =>
        Assert.Equal("out of order", Assert.Throws<AnswerFault>(() => Read(Answer(tokens))).Message);

    [Fact]
    public void Answer_WithoutItsLastToken_IsCut() => Assert.Equal("cut", Assert.Throws<AnswerFault>(() => Read(Answer(0, 1))).Message);

    [Fact]
    public void Answer_WithoutDone_HasNoEnd() =>
        Assert.Equal("no end", Assert.Throws<AnswerFault>(() => Read(Answer(0, 1, 2).AsSpan()[..^"data: [DONE]\n\n".Length])).Message);

    [Fact]
    public void Error_InTheMiddle_IsAnErrorEvent() =>
        Assert.Equal("error event", Assert.Throws<AnswerFault>(() => Read("data: {\"error\":{\"message\":\"no\"}}\n\n"u8)).Message);

    [Fact]
    public void Text_OfAnotherLength_IsOutOfOrder() =>
        Assert.Equal("out of order", Assert.Throws<AnswerFault>(() => Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Answer(0, 1, 2)).Replace("xx\"", "x\"", StringComparison.Ordinal)))).Message);

    [Theory]
    [InlineData("0000001 xxxx", "0000001 xxyx")]
    [InlineData("0000001 xxxx", "0000001xxxxx")]
    [InlineData("0000001 xxxx\"}", "0000001 xxxx\"}},{\"index\":1,\"delta\":{\"content\":\"0000002 xxxx\"}")]
    [InlineData("0000001 xxxx\"}", "0000001 xxxx\"}},{\"index\":1,\"delta\":{\"content\":\"hello\"}")]
    public void Text_ThatIsNotThePlans_IsOutOfOrder(string part, string other) => Assert.Equal("out of order", FaultOf(part, other));

    [Theory]
    [InlineData("data: [DONE]\n\n", "data: [DONE]\n\ndata: {}\n\n")]
    [InlineData("data: [DONE]\n\n", "data: [DONE]\n\ndata: [DONE]\n\n")]
    [InlineData("data: [DONE]\n\n", "data: [DONE]\n\ndata: {")]
    public void Bytes_BehindTheEnd_AreMoreThanTheAnswer(string part, string other) => Assert.Equal("more after the end", FaultOf(part, other));

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")]
    [InlineData("data: [DONE]\n\n")]
    public void Tokens_BehindTheEnd_AreMoreThanTheAnswer(string end) =>
        Assert.Equal("more after the end", Assert.Throws<AnswerFault>(() => Read([.. Encoding.UTF8.GetBytes(end), .. Answer(0, 1, 2)])).Message);

    [Fact]
    public void LastToken_WithTheReasonOfTheEndInItsEvent_IsComplete() =>
        Read("data: {\"choices\":[{\"delta\":{\"content\":\"0000000 \"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"u8, new TokenPlan(1));

    [Fact]
    public void Tokens_TwoInOneEvent_AreOutOfOrder() =>
        Assert.Equal("out of order", Assert.Throws<AnswerFault>(() => Read("data: {\"content\":\"0000000 \",\"content\":\"0000001 \",\"finish_reason\":\"stop\"}\n\ndata: [DONE]\n\n"u8, new TokenPlan(2))).Message);

    [Fact]
    public void UsageAndBlankLines_AroundDone_AreComplete() =>
        Read(Changed("data: [DONE]\n\n", "data: {\"choices\":[],\"usage\":{\"completion_tokens\":3}}\n\ndata: [DONE]\n\n\n\n\n"));

    private static string FaultOf(string part, string other) => Assert.Throws<AnswerFault>(() => Read(Changed(part, other))).Message;

    private static byte[] Changed(string part, string other)
    {
        var answer = Encoding.UTF8.GetString(Answer(0, 1, 2));
        Assert.Contains(part, answer, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(answer.Replace(part, other, StringComparison.Ordinal));
    }

    private static void Read(ReadOnlySpan<byte> answer, TokenPlan? plan = null)
    {
        var reader = new TokenReader(plan ?? Plan);
        reader.End(answer[reader.Read(answer)..]);
    }

    private static byte[] Answer(params int[] tokens)
    {
        var bytes = new AnswerBytes(Plan);
        var chunk = new byte[bytes.ChunkLength];
        var answer = new List<byte>(bytes.Role);
        foreach (var token in tokens)
        {
            bytes.WriteChunk(chunk, token);
            answer.AddRange(chunk);
        }

        return [.. answer, .. bytes.End];
    }
}
