using System.Diagnostics;
using Grpc.Core;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>One call that reached a fake registry, and the means to answer it.</summary>
internal sealed class FakeCall(InferRequest request, IServerStreamWriter<InferEvent> output, ServerCallContext context, string instance)
{
    private long _cancelledAt;

    public InferRequest Request => request;

    public Metadata Headers { get; } = context.RequestHeaders;

    public CancellationToken Cancelled { get; } = context.CancellationToken;

    /// <summary>A <see cref="Stopwatch"/> timestamp; 0 while nobody cancelled.</summary>
    public long CancelledAt => Volatile.Read(ref _cancelledAt);

    public long Sent { get; private set; }

    public void Watch() => Cancelled.Register(() => Volatile.Write(ref _cancelledAt, Stopwatch.GetTimestamp()));

    public Task AcceptAsync(long revision = 1, int firstTokenMs = 0, int idleMs = 0) => output.WriteAsync(new InferEvent
    {
        Accepted = new Accepted { Model = request.Model, Version = request.Version, Revision = revision, Instance = instance, FirstTokenMs = firstTokenMs, IdleMs = idleMs },
    });

    public Task QueuedAsync(int position, long expectedWaitMs = 0) =>
        output.WriteAsync(new InferEvent { Queued = new Queued { Position = position, ExpectedWaitMs = expectedWaitMs } });

    public Task TokensAsync(params string[] tokens)
    {
        var deltas = new Deltas();
        deltas.Items.AddRange(tokens.Select(text => new Delta { Text = text }));
        return SendAsync(deltas);
    }

    public async Task SendAsync(Deltas deltas)
    {
        await output.WriteAsync(new InferEvent { Deltas = deltas }, Cancelled);
        Sent += deltas.Items.Count;
    }

    /// <summary>Sends one message again and again, as a registry does: it is bytes before its write completes.</summary>
    public async Task RepeatAsync(InferEvent message, int times)
    {
        for (var sent = 0; sent < times; sent++)
        {
            await output.WriteAsync(message, Cancelled);
        }
    }

    public Task CompleteAsync(int outputTokens = 0) =>
        CompleteAsync(new Completed { FinishReason = "stop", Usage = new Usage { InputTokens = 3, OutputTokens = outputTokens, TotalTokens = 3 + outputTokens } });

    public Task CompleteAsync(Completed completed) => output.WriteAsync(new InferEvent { Completed = completed });

    /// <summary>Waits until the caller cancels.</summary>
    public Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancelled);

    public async Task AnswerAsync(params string[] tokens)
    {
        await AcceptAsync();
        foreach (var token in tokens)
        {
            await TokensAsync(token);
        }

        await CompleteAsync(tokens.Length);
    }
}
