using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Infer.Sse;
using ModelMesh.Gateway.OpenAI;
using ModelMesh.Gateway.OpenAI.Chat;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Tests.OpenAI;

namespace ModelMesh.Gateway.Tests.Answers;

/// <summary>What the gateway itself does with a token, from the parsed message to the flushed event.</summary>
public sealed class TokenPumpTests : IDisposable
{
    private const int Moves = 2_000;

    // The runtime gives a thread its memory in pieces of this size, and a collection, another test's among them, may count what is left of one.
    private const long Piece = 8 * 1024;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [Theory]
    [InlineData("infer", 1, true)]
    [InlineData("infer", 64, true)]
    [InlineData("infer", 1, false)]
    [InlineData("chat", 1, true)]
    [InlineData("chat", 64, true)]
    [InlineData("chat", 1, false)]
    public void Stream_OfParsedTokens_IsFlushedWithoutAnObjectAToken(string api, int tokensPerMessage, bool isReady)
    {
        Allocated(api, tokensPerMessage, isReady);
        var allocated = Allocated(api, tokensPerMessage, isReady);

        // A token that cost any object would cost 24 bytes at least. A stream costs some hundred as a whole.
        Assert.InRange(allocated, 0, Piece);
    }

    public void Dispose() => _services.Dispose();

    private long Allocated(string api, int tokensPerMessage, bool isReady)
    {
        using var stream = new PreparedStream(tokensPerMessage, isReady);
        var output = new AnswerOutput(new FixedWriter());
        IAnswerFormat format = api == "infer"
            ? new InferFormat(output, stream.Accepted)
            : new ChatCompletionFormat(output, new ChunkFrame(ChatCompletionExchange.IdKind, "chat.completion.chunk", Formats.Context, "chat", includeUsage: true), ApiCalls.RequestId);
        using var keepAlive = new KeepAlive(format, output, TimeSpan.FromHours(1), TimeProvider.System);
        var gap = new TokenGap(new GatewayMetrics(_services.GetRequiredService<IMeterFactory>()), "chat", "v1", TimeProvider.System);
        var pump = new TokenPump(stream, format, output, keepAlive, gap);

        // What waits has to go on here and not where the test framework would have it, or it could not be counted.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            // The first token makes what a stream has of its own, as does its end.
            var (before, allocated) = (0L, 0L);
            stream.AtSecondMove = () => before = GC.GetAllocatedBytesForCurrentThread();
            stream.AtLastMove = () => allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var running = pump.RunAsync(CancellationToken.None);
            stream.CompleteMoves();
            Assert.True(running.IsCompletedSuccessfully);
            Assert.Equal((Moves - 1) * (long)tokensPerMessage, pump.Pieces);
            return allocated;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>The same message again and again, then the end. All tasks were made before.</summary>
    private sealed class PreparedStream(int tokensPerMessage, bool isReady) : IAnswerStream
    {
        private static readonly InferEvent Done = new() { Completed = new Completed { FinishReason = "stop" } };
        private readonly InferEvent _tokens = Event(tokensPerMessage);
        private readonly TaskCompletionSource<bool>[] _moves = [.. Enumerable.Range(0, Moves).Select(_ => Source(isReady))];
        private int _moved;

        public Action? AtSecondMove { get; set; }

        public Action? AtLastMove { get; set; }

        public Accepted Accepted { get; } = new() { Model = "chat", Version = "v1" };

        public TimeSpan BackendWait => TimeSpan.Zero;

        public InferEvent Current => _moved < Moves - 1 ? _tokens : Done;

        public Task<bool> MoveNextAsync()
        {
            if (_moved == 1)
            {
                AtSecondMove!();
            }

            if (_moved == Moves - 2)
            {
                AtLastMove!();
            }

            return _moves[_moved++].Task;
        }

        public void CompleteMoves()
        {
            foreach (var move in _moves)
            {
                move.TrySetResult(true);
            }
        }

        public MeshException Explain(RpcException exception) => new(ErrorCode.Internal, innerException: exception);

        public MeshException Incomplete() => new(ErrorCode.Internal);

        public void Dispose()
        {
        }

        private static InferEvent Event(int tokens)
        {
            var deltas = new Deltas();
            deltas.Items.AddRange(Enumerable.Range(0, tokens).Select(_ => new Delta { Text = " a \"token\"" }));
            return new InferEvent { Deltas = deltas };
        }

        private static TaskCompletionSource<bool> Source(bool isReady)
        {
            var source = new TaskCompletionSource<bool>();
            if (isReady)
            {
                source.SetResult(true);
            }

            return source;
        }
    }
}
