using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>Reads one whole answer and holds it to its plan: JSON from its first to its last byte, one text with each token in order, and an end that says so.</summary>
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

    /// <exception cref="AnswerFault">The answer is not the one that was asked for.</exception>
    public static void Check(TokenPlan plan, ReadOnlySpan<byte> answer)
    {
        var said = Parse(answer);
        var text = said.Text;
        if (text.Length != plan.Tokens * plan.Size)
        {
            throw new AnswerFault(text.Length < plan.Tokens * plan.Size ? "cut" : "too long");
        }

        for (var token = 0; token < plan.Tokens; token++)
        {
            if (!plan.IsToken(text[(token * plan.Size)..], token))
            {
                throw new AnswerFault("out of order");
            }
        }

        if (!said.Finish.SequenceEqual("stop"u8))
        {
            throw new AnswerFault("no end");
        }
    }

    // The text is taken as it is written, without a copy: what the synthetic upstream says needs no escapes.
    private static Said Parse(ReadOnlySpan<byte> answer)
    {
        var said = default(Said);
        var json = new Utf8JsonReader(answer);
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (json.ValueTextEquals("content"u8))
                {
                    json.Read();
                    said.Text = said.Text.IsEmpty ? json.ValueSpan : throw new AnswerFault("a second text");
                }
                else if (json.ValueTextEquals("finish_reason"u8))
                {
                    json.Read();
                    said.Finish = json.ValueSpan;
                }
            }
        }
        catch (JsonException)
        {
            throw new AnswerFault(said.Finish.IsEmpty ? "cut" : "no JSON");
        }

        return said;
    }

    private ref struct Said
    {
        public ReadOnlySpan<byte> Text;
        public ReadOnlySpan<byte> Finish;
    }
}
