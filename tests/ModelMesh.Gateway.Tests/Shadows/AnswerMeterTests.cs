using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Shadows;

namespace ModelMesh.Gateway.Tests.Shadows;

public sealed class AnswerMeterTests
{
    [Fact]
    public void Digest_OfTheSameInOtherPieces_IsTheSame()
    {
        var whole = Digest(Text("Hello 🙂 world"), Call(0, "a", "look", """{"q":1}"""), Call(1, "b", "find", "{}"));

        Assert.Equal(whole, Digest(Text("Hello "), Call(0, "x", "look", ""), Text("🙂 world"), Call(0, "", "", """{"q":"""), Call(1, "y", "find", "{"), Call(0, "", "", "1}"), Call(1, "", "", "}")));
        Assert.Equal(whole, Digest(Text("Hello 🙂 world"), new Delta { Reasoning = "hm" }, new Delta { Choice = 1, Text = "other" }, Call(0, "", "look", """{"q":1}"""), Call(1, "", "find", "{}")));
    }

    [Fact]
    public void Digest_OfAnythingElse_IsAnother()
    {
        var digests = new[]
        {
            Digest(),
            Digest(Text("a")),
            Digest(Text("b")),
            Digest(new Delta { Refusal = "a" }),
            Digest(Call(0, "", "a", "")),
            Digest(Call(0, "", "", "a")),
            Digest(Call(0, "", "a", "b")),
            Digest(Call(0, "", "ab", "")),
            Digest(Call(0, "", "a", "b"), Call(1, "", "a", "b")),
            Digest(Text("a"), new Delta { Refusal = "a" }),
        };

        Assert.Equal(digests.Length, digests.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Count_OfATextToken_AllocatesNothing()
    {
        using var digest = new AnswerDigest();
        using var meter = new AnswerMeter(digest);
        var token = new InferEvent { Deltas = new Deltas { Items = { Text("token") } } };
        meter.Count(token);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            meter.Count(token);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Measure_AnAnswerThatWasNotCompleted_HasNoDigest()
    {
        using var meter = new AnswerMeter(new AnswerDigest());
        meter.Count(new InferEvent { Deltas = new Deltas { Items = { Text("a") } } });

        var measured = meter.Measure(AnswerOutcome.Failed, new Accepted { Version = "v1", Revision = 3 }, TimeSpan.FromMilliseconds(5));

        Assert.Equal((null, 1, TimeSpan.FromMilliseconds(5), 3), (measured.Digest, measured.Characters, measured.FirstToken, measured.Revision));
    }

    private static Delta Text(string text) => new() { Text = text };

    private static Delta Call(int index, string id, string name, string arguments) => new() { ToolCall = new ToolCallDelta { Index = index, Id = id, Name = name, Arguments = arguments } };

    private static byte[] Digest(params Delta[] deltas)
    {
        using var digest = new AnswerDigest();
        foreach (var delta in deltas)
        {
            digest.Add(delta);
        }

        return digest.Finish();
    }
}
