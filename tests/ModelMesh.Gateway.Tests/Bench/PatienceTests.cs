using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Upstream;
using ModelMesh.Testing.Backends;
using Arrivals = ModelMesh.Bench.Compare.Load.Arrivals;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class PatienceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(true, 60 + 100)]
    [InlineData(false, 60 + 100 + 640)]
    public void Patience_IsAMinuteBeyondTheLongestPauseThatIsPlanned(bool stream, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        Patience.For(new Workload { Plan = new TokenPlan(11, FirstMs: 100_000, GapMs: 64_000), Arrivals = new Arrivals.Once(1, TimeSpan.Zero), Stream = stream }));

    [Fact]
    public async Task Stream_ThatIsSlowAndGoesOn_IsReadToItsEnd()
    {
        var (plan, record) = (new TokenPlan(5), new RunRecord());
        await ReadAsync(plan, record, [.. Pieces(plan)]);

        Assert.Equal((1, 5), (record.Complete, record.Tokens));
    }

    [Fact]
    public async Task Stream_WithBytesButWithoutTokens_IsGivenUp() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(new TokenPlan(5), new RunRecord(), [.. Enumerable.Repeat(": still here\n\n"u8.ToArray(), 5)]));

    // Each piece comes 50 s after the one before.
    private async Task ReadAsync(TokenPlan plan, RunRecord record, IReadOnlyList<byte[]> pieces)
    {
        using var patience = new Patience(Minute, _clock, CancellationToken.None);
        await using var body = new SlowBody(_clock, TimeSpan.FromSeconds(50), pieces);
        await new StreamedReading(new Workload { Plan = plan, Arrivals = new Arrivals.Once(1, TimeSpan.Zero) }, record, due: 0).RunAsync(body, patience);
    }

    private static IEnumerable<byte[]> Pieces(TokenPlan plan)
    {
        var bytes = new AnswerBytes(plan);
        for (var token = 0; token < plan.Tokens; token++)
        {
            var chunk = new byte[bytes.ChunkLength];
            bytes.WriteChunk(chunk, token);
            yield return chunk;
        }

        yield return bytes.End;
    }

    private sealed class SlowBody(ManualClock clock, TimeSpan pause, IReadOnlyList<byte[]> pieces) : MemoryStream
    {
        private int _next;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_next == pieces.Count)
            {
                return new(0);
            }

            clock.Advance(pause);
            cancellationToken.ThrowIfCancellationRequested();
            pieces[_next].CopyTo(buffer);
            return new(pieces[_next++].Length);
        }
    }
}
