using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace ModelMesh.Gateway.Answers;

/// <summary>A streamed answer's bytes, written straight into the response's buffer. Not thread-safe.</summary>
internal sealed class AnswerOutput(PipeWriter output)
{
    // A part of a token, escaped at its worst, fits in one of the server's 4 KB blocks.
    private const int MaxCharsAtOnce = 512;
    private Task _flushing = Task.CompletedTask;

    /// <summary>Bytes written since the last flush.</summary>
    public int Unflushed { get; private set; }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Unflushed += bytes.Length;
    }

    /// <summary>The inside of a JSON string.</summary>
    public void Escaped(ReadOnlySpan<char> text)
    {
        while (text.Length > MaxCharsAtOnce)
        {
            // A surrogate pair must not be cut in two: each half would be written as U+FFFD.
            var length = char.IsHighSurrogate(text[MaxCharsAtOnce - 1]) ? MaxCharsAtOnce - 1 : MaxCharsAtOnce;
            EscapedPart(text[..length]);
            text = text[length..];
        }

        EscapedPart(text);
    }

    /// <summary>Sends what was written, and waits while the client takes too little of it.</summary>
    /// <param name="cancellationToken">Ends the wait. The server would cut the connection if it were told, so it is not.</param>
    /// <exception cref="ConnectionAbortedException">The client has gone; often known here before the request's own token fires.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Unflushed = 0;
        var flush = output.FlushAsync(CancellationToken.None);
        if (flush.IsCompletedSuccessfully)
        {
            ThrowIfGone(flush.GetAwaiter().GetResult());
            return ValueTask.CompletedTask;
        }

        var flushing = flush.AsTask();
        _flushing = flushing;
        return new ValueTask(WaitAsync(flushing, cancellationToken));
    }

    /// <summary>Waits for a flush whose wait was ended: nothing may be written before it is through.</summary>
    public Task FlushedAsync(CancellationToken cancellationToken) => _flushing.WaitAsync(cancellationToken);

    private static async Task WaitAsync(Task<FlushResult> flushing, CancellationToken cancellationToken) => ThrowIfGone(await flushing.WaitAsync(cancellationToken));

    // A connection that has gone takes everything at once. Without a look at this the whole rest of the answer would be read for nobody.
    private static void ThrowIfGone(FlushResult flushed)
    {
        if (flushed.IsCompleted)
        {
            throw new ConnectionAbortedException("The client has gone.");
        }
    }

    private void EscapedPart(ReadOnlySpan<char> text)
    {
        var written = JsonEscape.Write(text, output.GetSpan(text.Length * JsonEscape.MaxBytesPerChar));
        output.Advance(written);
        Unflushed += written;
    }
}
