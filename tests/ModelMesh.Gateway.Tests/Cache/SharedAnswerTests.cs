using System.Globalization;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Cache;
using ModelMesh.Gateway.Cache.Flights;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Cache;

public sealed class SharedAnswerTests
{
    private const int Plenty = 1 << 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Read_ByManyAtTheirOwnPaceAndLater_EachHasAllInOrder(int seed)
    {
        var texts = Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i} {new string('x', i % 300)}")).ToList();
        var source = Stream(texts);
        source.Hold = async () => await Task.Yield();
        var answer = new SharedAnswer(source, new HeaderDictionary(), Plenty);

        var early = Enumerable.Range(0, 8).Select(i => ReadAsync(answer.TryRead()!, new Random((seed * 100) + i))).ToList();
        await early[0];
        var late = await ReadAsync(answer.TryRead()!, new Random(seed));

        Assert.All(await Task.WhenAll(early), read => Assert.Equal(texts, read));
        Assert.Equal(texts, late);
        Assert.Equal(texts.Count, source.Moves);
        Assert.True(answer.Over.IsCompletedSuccessfully);

        using var kept = KeptAnswer.TryOpen(answer.ToBytes()!)!;
        Assert.Equal(texts, await ReadAsync(kept, new Random(seed)));
        Assert.Equal(("chat", "v1", 1, "cache"), (kept.Accepted.Model, kept.Accepted.Version, kept.Accepted.Revision, kept.Accepted.Instance));
    }

    [Fact]
    public async Task Read_ByNobody_AsksForNothing()
    {
        var source = Stream(["a", "b", "c", "d"]);
        var answer = new SharedAnswer(source, new HeaderDictionary(), Plenty);
        using var one = answer.TryRead()!;
        using var other = answer.TryRead()!;

        Assert.Equal(0, source.Moves);
        await one.MoveNextAsync();
        await other.MoveNextAsync();
        Assert.Equal(1, source.Moves);
        await one.MoveNextAsync();
        Assert.Equal(2, source.Moves);
    }

    [Fact]
    public async Task Read_LongerThanMayBeKept_IsReadWholeAndKeptByNobody()
    {
        var texts = Enumerable.Range(0, 100).Select(i => $"{i:d3} {new string('x', 100)}").ToList();
        var answer = new SharedAnswer(Stream(texts), new HeaderDictionary(), maxBytes: 2000);
        using var one = answer.TryRead()!;
        using var other = answer.TryRead()!;
        List<string> first = [one.Current.Deltas.Items[0].Text], second = [other.Current.Deltas.Items[0].Text];
        while (await one.MoveNextAsync() && one.Current.Deltas is { } deltas)
        {
            first.Add(deltas.Items[0].Text);
            await other.MoveNextAsync();
            second.Add(other.Current.Deltas.Items[0].Text);
        }

        Assert.Equal(texts, first);
        Assert.Equal(texts, second);
        Assert.Null(answer.ToBytes());
        Assert.Null(answer.TryRead());
    }

    [Fact]
    public void Read_OnceTheLastHasLeft_IsBegunByNobody()
    {
        var answer = new SharedAnswer(Stream(["a", "b"]), new HeaderDictionary(), Plenty);
        answer.TryRead()!.Dispose();

        Assert.True(answer.Over.IsCanceled);
        Assert.Null(answer.TryRead());
    }

    [Fact]
    public async Task Read_FurtherBehindThanMayBeKept_IsCutOffAndHoldsUpNobody()
    {
        var texts = Enumerable.Range(0, 100).Select(i => $"{i:d3} {new string('x', 100)}").ToList();
        var answer = new SharedAnswer(Stream(texts), new HeaderDictionary(), maxBytes: 2000);
        using var slow = answer.TryRead()!;
        using var fast = answer.TryRead()!;
        await slow.MoveNextAsync();

        Assert.Equal(texts, await ReadAsync(fast, new Random(1)));

        var cut = await Assert.ThrowsAsync<MeshException>(slow.MoveNextAsync);
        Assert.Equal((ErrorCode.Timeout, false), (cut.Code, slow.HasFailed));
    }

    [Fact]
    public async Task Leave_TheOneThatAsked_LeavesTheAnswerToTheOther()
    {
        var token = new TaskCompletionSource();
        var source = Stream(["a", "b"]);
        source.Hold = () => token.Task;
        var answer = new SharedAnswer(source, new HeaderDictionary(), Plenty);
        var asks = answer.TryRead()!;
        using var waits = answer.TryRead()!;
        var (asked, waited) = (asks.MoveNextAsync(), waits.MoveNextAsync());

        asks.Dispose();
        token.SetResult();

        Assert.True(await waited);
        Assert.Equal("b", waits.Current.Deltas.Items[0].Text);
        await asked;
        Assert.False(answer.Over.IsCompleted);
        waits.Dispose();
        Assert.True(answer.Over.IsCanceled);
    }

    [Fact]
    public async Task Broken_ForEachThatReads_IsTheSameFailureAfterAllThatCame()
    {
        var broken = new IOException("cut");
        var source = Stream(["a", "b", "never"]);
        var answer = new SharedAnswer(source, new HeaderDictionary(), Plenty);
        using var one = answer.TryRead()!;
        using var other = answer.TryRead()!;
        await one.MoveNextAsync();
        source.Hold = () => Task.FromException(broken);

        Assert.Same(broken, await Assert.ThrowsAsync<IOException>(one.MoveNextAsync));
        Assert.True(await other.MoveNextAsync());
        Assert.Same(broken, await Assert.ThrowsAsync<IOException>(other.MoveNextAsync));

        Assert.Equal((true, true), (one.HasFailed, other.HasFailed));
        Assert.Null(answer.TryRead());
        one.Dispose();
        Assert.False(answer.Over.IsCompleted);
        other.Dispose();
        Assert.True(answer.Over.IsCompletedSuccessfully);
    }

    [Fact]
    public void Move_AHundredThousandTimes_AllocatesNoMoreThanWhatIsKept()
    {
        const int Times = 50_000;
        var answer = new SharedAnswer(new FakeStream([FakeStream.Token("a"), FakeStream.Token("a token")]) { IsEndless = true }, new HeaderDictionary(), Plenty);
        using var reader = answer.TryRead()!;
        _ = reader.MoveNextAsync();
        var each = FakeStream.Token("a token").CalculateSize() + LogPosition.Head;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            _ = reader.MoveNextAsync();
        }

        // What is left of its last part, and what the runtime gives a thread at once.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (each * Times) + (128 * 1024));
    }

    [Fact]
    public async Task Move_AnAnswerThatIsTooLongToKeep_AllocatesNothing()
    {
        var answer = new SharedAnswer(new FakeStream([FakeStream.Token("a"), FakeStream.Token("a token")]) { IsEndless = true }, new HeaderDictionary(), maxBytes: 100);
        using var reader = answer.TryRead()!;
        for (var i = 0; i < 20; i++)
        {
            await reader.MoveNextAsync();
        }

        Allocated.IsNothing(() => _ = reader.MoveNextAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task TryOpen_BytesThatAreCutOrOfSomethingElse_IsNoAnswer(int missing)
    {
        var answer = new SharedAnswer(Stream(["a", "b"]), new HeaderDictionary(), Plenty);
        await ReadAsync(answer.TryRead()!, new Random(1));
        var bytes = answer.ToBytes()!;

        Assert.Equal(missing == 0, KeptAnswer.TryOpen(bytes[..^missing]) is not null);
        Assert.Null(KeptAnswer.TryOpen([.. bytes, 1]));
        Assert.Null(KeptAnswer.TryOpen("what another wrote here"u8.ToArray()));
        Assert.Null(KeptAnswer.TryOpen([]));
    }

    private static FakeStream Stream(IEnumerable<string> texts) => new([.. texts.Select(FakeStream.Token), FakeStream.Done()]);

    private static async Task<List<string>> ReadAsync(IAnswerStream stream, Random pace)
    {
        List<string> texts = [];
        while (stream.Current.EventCase != InferEvent.EventOneofCase.Completed)
        {
            texts.Add(stream.Current.Deltas.Items.Single().Text);
            if (pace.Next(4) == 0)
            {
                await Task.Yield();
            }

            Assert.True(await stream.MoveNextAsync());
        }

        return texts;
    }
}
