using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Attempts;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Grpc;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using Xunit.Abstractions;
using InferEvent = ModelMesh.Contracts.V1.InferEvent;

namespace ModelMesh.Registry.Tests.Inference;

/// <summary>What the registry itself does with a token, without the wire.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class TokenPathTests(ITestOutputHelper output)
{
    private const int Tokens = 200_000;

    [Fact]
    public async Task Stream_OfReadyTokens_AllocatesNothingPerToken()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock($$"""{"tokens":{{Tokens}}}"""));
        OneThread.Run(() => RunAsync(registry));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var streamed = OneThread.Run(() => RunAsync(registry));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Tokens, streamed);
        output.WriteLine($"{allocated} bytes for {Tokens} tokens");

        // The smallest object is 24 bytes. What is left is per message of 64 tokens, and only in a debug build, where async methods are objects.
        Assert.InRange(allocated, 0, 3 * Tokens);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(64, false)]
    [InlineData(1, true)]
    [InlineData(64, true)]
    public void Updates_ToTheBytesOfMessages_AllocateNothingPerToken(int tokensPerMessage, bool takesTexts)
    {
        var (answer, writer) = (new Answer(1), new SerializingWriter());
        var sink = new GrpcSink(writer, "registry-1", new DefaultHttpContext(), takesTexts);
        var update = new BackendUpdate(ChatRole.Assistant, " token");
        long Send(int tokens)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var sent = 0; sent < tokens; sent++)
            {
                answer.Read(update);
                if (answer.Batch.Pieces.Count == tokensPerMessage)
                {
                    Assert.True(sink.TokensAsync(answer.Batch.Pieces, default, mayWait: false).IsCompletedSuccessfully);
                    answer.Batch.Clear();
                }
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Send(1_024);

        // The runtime gives a thread its memory in pieces of 8 KB, and another test's collection may count what is left of one.
        Assert.InRange(Send(102_400), 0, 8 * 1024);
        Assert.Equal((1_024 + 102_400) / tokensPerMessage, writer.Messages);
        Assert.True(writer.Bytes > (1_024 + 102_400) * " token".Length, $"there were {writer.Bytes} bytes");
    }

    // A connection that has gone takes every write at once. Streams that then kept their threads to the end left none to tell them so.
    [Fact]
    public async Task Stream_OfReadyTokens_WhoseWritesNeverWait_LeavesItsThreadToOthersAndHeedsTheCallersGoing()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Put(TestModel.Mock("""{"tokens":5000000}"""));
        await RunAsync(registry, new QuickSink(), maxTokens: 1);
        using var gone = new CancellationTokenSource();
        var run = RunAsync(registry, new QuickSink(), callerGone: gone.Token);

        // All is loaded now and no step has to wait, so the call has come back before its end because it let go of the thread.
        Assert.False(run.IsCompleted);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(registry.Leases.Held);
    }

    private static Task<long> RunAsync(TestRegistry registry) => RunAsync(registry, new QuickSink());

    // The attempt itself: the loop around it has it run on a thread of the pool, where nothing could be counted.
    private static async Task<long> RunAsync(TestRegistry registry, QuickSink sink, int? maxTokens = null, CancellationToken callerGone = default)
    {
        var request = new InferenceRequest("r", new ModelId("chat", "v1"), [new ChatMessage(ChatRole.User, "hello")], new BackendCallOptions { MaxOutputTokens = maxTokens });
        var admitted = await registry.Admission.AdmitAsync(request.Id, _ => { }, QueueTerms.None, callerGone);
        var (runtime, time, wish) = (admitted.Runtime, TimeProvider.System, new EndpointWish("", 0));
        using var stream = new OpenStream(admitted.Lease, time, callerGone);
        var attempts = new AttemptLoop(runtime, stream, new AttemptRequest("r", wish, OfAdapter: false, OnlyOnce: false), time, NullLogger.Instance);
        var run = new StreamRun(request, admitted, stream, attempts, sink, time, NullLogger.Instance, callerGone);
        using var attempt = new OpenAttempt(stream, runtime.Endpoints.TryBegin(wish, without: 0)!, TimeSpan.FromSeconds(10), new ModelTimeouts(), time);
        try
        {
            await run.PumpAsync(attempt);
            return run.Tokens;
        }
        finally
        {
            await attempts.ReleaseAsync(admitted.Lease);
        }
    }

    /// <summary>Brings every step of a task back to the thread that waits for it, so that what it allocates can be counted there.</summary>
    private sealed class OneThread : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Step, object? State)> _steps = [];

        public static T Run<T>(Func<Task<T>> start)
        {
            var before = Current;
            var thread = new OneThread();
            SetSynchronizationContext(thread);
            try
            {
                var task = start();
                _ = task.ContinueWith(_ => thread._steps.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                foreach (var (step, state) in thread._steps.GetConsumingEnumerable())
                {
                    step(state);
                }

                return task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public override void Post(SendOrPostCallback d, object? state) => _steps.Add((d, state));
    }

    /// <summary>Makes a message bytes before the write completes, as gRPC does.</summary>
    private sealed class SerializingWriter : IServerStreamWriter<InferEvent>
    {
        private readonly byte[] _buffer = new byte[64 * 1024];

        public int Messages { get; private set; }

        public long Bytes { get; private set; }

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(InferEvent message)
        {
            var size = message.CalculateSize();
            message.WriteTo(_buffer.AsSpan(0, size));
            Messages++;
            Bytes += size;
            return Task.CompletedTask;
        }
    }

    private sealed class QuickSink : IInferenceSink
    {
        public Task QueuedAsync(QueuePosition position) => Task.CompletedTask;

        public Task AcceptedAsync(ModelVersion model) => Task.CompletedTask;

        public Task TokensAsync(IReadOnlyList<AnswerPiece> pieces, AnswerCost cost, bool mayWait) => Task.CompletedTask;

        public Task CompletedAsync(Completion completion) => Task.CompletedTask;

        public Task FlushAsync() => Task.CompletedTask;

    public void Abort() => throw new InvalidOperationException("nothing was stuck");
    }
}
