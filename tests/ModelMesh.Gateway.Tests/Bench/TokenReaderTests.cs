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

    private static void Read(ReadOnlySpan<byte> answer)
    {
        var reader = new TokenReader(Plan);
        reader.Read(answer);
        reader.End();
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
