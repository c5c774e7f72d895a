using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Infer.Sse;

/// <summary>The wire format of an answer, written straight into the response's buffer. Not thread-safe.</summary>
internal sealed class SseWriter(PipeWriter output)
{
    // A part of a token, escaped at its worst, fits in one of the server's 4 KB blocks.
    private const int MaxCharsAtOnce = 512;
    private Task _flushing = Task.CompletedTask;

    /// <summary>Bytes written since the last flush.</summary>
    public int Unflushed { get; private set; }

    public void Token(Delta delta)
    {
        // Nearly all of an answer is text, and of what a model thinks first nearly all is reasoning: neither costs an object.
        if (delta is not { Choice: 0, ToolCall: null, Refusal.Length: 0, Logprobs.Count: 0 } || (delta.Text.Length > 0 && delta.Reasoning.Length > 0))
        {
            Event("event: token\ndata: "u8, DeltaJson.Write(delta));
        }
        else if (delta.Reasoning.Length > 0)
        {
            Event("event: token\ndata: {\"token\":\"\",\"reasoning\":\""u8, delta.Reasoning);
        }
        else
        {
            Event("event: token\ndata: {\"token\":\""u8, delta.Text);
        }
    }

    public void Done(DoneBody body) => Event("event: done\ndata: "u8, JsonSerializer.SerializeToUtf8Bytes(body, DoneJson.Default.DoneBody));

    public void Error(MeshException error) => Event("event: error\ndata: "u8, JsonSerializer.SerializeToUtf8Bytes(ErrorBody.From(error), ErrorJson.Readable.ErrorBody));

    public void KeepAlive() => Raw(": keep-alive\n\n"u8);

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

    private void Event(ReadOnlySpan<byte> head, ReadOnlySpan<byte> json)
    {
        Raw(head);
        Raw(json);
        Raw("\n\n"u8);
    }

    private void Event(ReadOnlySpan<byte> head, ReadOnlySpan<char> text)
    {
        Raw(head);
        while (text.Length > MaxCharsAtOnce)
        {
            // A surrogate pair must not be cut in two: each half would be written as U+FFFD.
            var length = char.IsHighSurrogate(text[MaxCharsAtOnce - 1]) ? MaxCharsAtOnce - 1 : MaxCharsAtOnce;
            Text(text[..length]);
            text = text[length..];
        }

        Text(text);
        Raw("\"}\n\n"u8);
    }

    private void Text(ReadOnlySpan<char> text)
    {
        var written = JsonEscape.Write(text, output.GetSpan(text.Length * JsonEscape.MaxBytesPerChar));
        output.Advance(written);
        Unflushed += written;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Unflushed += bytes.Length;
    }
}
