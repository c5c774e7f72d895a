using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>Reads one whole answer and holds it to its plan.</summary>
internal static class WholeReading
{
    /// <exception cref="AnswerFault">The answer is not the one that was asked for.</exception>
    public static async Task RunAsync(TokenPlan plan, RunRecord record, long due, Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((plan.Tokens * plan.Size) + (16 * 1024));
        try
        {
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            Check(plan, buffer.AsSpan(0, length));
            var taken = Stopwatch.GetElapsedTime(due);
            record.First(taken);
            record.Received(plan.Tokens);
            record.Completed(taken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Check(TokenPlan plan, ReadOnlySpan<byte> answer)
    {
        var at = answer.IndexOf("\"content\":\""u8);
        var text = at < 0 ? default : answer[(at + 11)..];
        if (text.IndexOf((byte)'"') != plan.Tokens * plan.Size)
        {
            throw new AnswerFault("cut");
        }

        for (var token = 0; token < plan.Tokens; token++)
        {
            if (!Utf8Parser.TryParse(text.Slice(token * plan.Size, TokenPlan.Digits), out int number, out _) || number != token)
            {
                throw new AnswerFault("out of order");
            }
        }
    }
}
