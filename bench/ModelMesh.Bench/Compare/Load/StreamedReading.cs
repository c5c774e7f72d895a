using System.Buffers;
using System.Diagnostics;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>Reads one streamed answer and notes when each token came.</summary>
internal sealed class StreamedReading(Workload workload, RunRecord record, long due)
{
    private readonly TimeSpan _planned = TimeSpan.FromMilliseconds(workload.Plan.GapMs);
    private TokenReader _reader = new(workload.Plan);
    private long _last;

    /// <exception cref="AnswerFault">The answer is not the one that was asked for.</exception>
    public async Task RunAsync(Stream body, Patience patience)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4 * 1024);
        try
        {
            var kept = 0;
            int read;
            while ((read = await body.ReadAsync(buffer.AsMemory(kept), patience.Token)) > 0)
            {
                var before = _reader.Tokens;
                kept = Take(buffer.AsSpan(0, kept + read));

                // Bytes without a token may come for ever; tokens end with their plan.
                if (_reader.Tokens > before)
                {
                    patience.Progressed();
                }

                if (workload.Behaviour == ClientBehaviour.Leaves && _reader.Tokens > 0)
                {
                    record.Completed(Stopwatch.GetElapsedTime(due));
                    return;
                }

                if (kept == buffer.Length)
                {
                    throw new AnswerFault("event too long");
                }
            }

            _reader.End(buffer.AsSpan(0, kept));
            record.Completed(Stopwatch.GetElapsedTime(due));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What arrives in one read arrived at one time: the first of it ends the gap, the rest has none.
    private int Take(Span<byte> bytes)
    {
        var before = _reader.Tokens;
        var read = _reader.Read(bytes);
        var tokens = _reader.Tokens - before;
        if (tokens > 0)
        {
            var now = Stopwatch.GetTimestamp();
            if (before == 0)
            {
                record.First(Stopwatch.GetElapsedTime(due, now));
            }
            else
            {
                record.Between(Stopwatch.GetElapsedTime(_last, now), _planned);
            }

            for (var token = 1; token < tokens; token++)
            {
                record.Between(TimeSpan.Zero, _planned);
            }

            _last = now;
            record.Received(tokens);
        }

        bytes[read..].CopyTo(bytes);
        return bytes.Length - read;
    }
}
