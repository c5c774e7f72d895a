using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>An answer that a test writes: its events are there at once, unless it holds one back.</summary>
internal sealed class FakeStream(IReadOnlyList<InferEvent> events) : IAnswerStream
{
    private static readonly Task<bool> Moved = Task.FromResult(true);
    private int _current;

    public Accepted Accepted { get; } = new() { Model = "chat", Version = "v1", Revision = 1, Instance = "registry-1" };

    public TimeSpan BackendWait => TimeSpan.Zero;

    public InferEvent Current => events[_current];

    /// <summary>How often it was moved.</summary>
    public int Moves { get; private set; }

    /// <summary>What each move waits for; null for nothing.</summary>
    public Func<Task>? Hold { get; set; }

    /// <summary>The last event comes again and again.</summary>
    public bool IsEndless { get; init; }

    public static InferEvent Token(string text) => new() { Deltas = new Deltas { Items = { new Delta { Text = text } } } };

    public static InferEvent Done() => new() { Completed = new Completed { FinishReason = "stop" } };

    public Task<bool> MoveNextAsync() => Hold is { } hold ? HeldAsync(hold) : Move() ? Moved : Task.FromResult(false);

    public MeshException Explain(RpcException exception) => new(ErrorCode.BackendUnavailable, innerException: exception);

    public MeshException Incomplete() => new(ErrorCode.Internal);

    public void Dispose()
    {
    }

    private async Task<bool> HeldAsync(Func<Task> hold)
    {
        await hold();
        return Move();
    }

    private bool Move()
    {
        Moves++;
        _current = IsEndless ? Math.Min(_current + 1, events.Count - 1) : _current + 1;
        return _current < events.Count;
    }
}
