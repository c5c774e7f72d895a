using System.Collections.Concurrent;
using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

/// <summary>One call and what came of it so far.</summary>
internal sealed class InferCall : IDisposable
{
    private readonly AsyncServerStreamingCall<InferEvent> _call;
    private readonly TaskCompletionSource _firstToken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<int> _positions = [];
    private readonly List<int> _bursts = [];
    private readonly List<long> _waits = [];
    private readonly List<int> _attempts = [];
    private readonly List<string> _tokens = [];

    public InferCall(AsyncServerStreamingCall<InferEvent> call)
    {
        _call = call;
        Ended = ReadAsync();
    }

    /// <summary>The places in the queue that it was told of.</summary>
    public IReadOnlyCollection<int> Positions => _positions;

    public Accepted? Accepted { get; private set; }

    public Completed? Completed { get; private set; }

    /// <summary>How many tokens came in each message.</summary>
    public IReadOnlyList<int> Bursts => _bursts;

    /// <summary>What each message said of how long the backend took for the first token, in microseconds.</summary>
    public IReadOnlyList<long> BackendWaits => _waits;

    /// <summary>What each message said of how often the backend was asked.</summary>
    public IReadOnlyList<int> Attempts => _attempts;

    public IReadOnlyList<string> Tokens => _tokens;

    public string Text => string.Concat(_tokens);

    public Task FirstToken => _firstToken.Task;

    /// <summary>The error that ended the call, or null when it completed.</summary>
    public Task<RpcException?> Ended { get; }

    public async Task<MeshException> FailedAsync()
    {
        var exception = await Ended.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Null(Completed);
        Assert.NotNull(exception);
        return GrpcErrors.FromRpcException(exception) ?? throw exception;
    }

    public async Task CompletedAsync()
    {
        if (await Ended.WaitAsync(TimeSpan.FromSeconds(20)) is { } exception)
        {
            throw exception;
        }

        Assert.NotNull(Completed);
    }

    public void Dispose() => _call.Dispose();

    private async Task<RpcException?> ReadAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(CancellationToken.None))
            {
                Take(_call.ResponseStream.Current);
            }

            return null;
        }
        catch (RpcException exception)
        {
            _firstToken.TrySetException(exception);
            return exception;
        }
    }

    private void Take(InferEvent received)
    {
        if (received.Queued is { } queued)
        {
            _positions.Enqueue(queued.Position);
        }

        Accepted ??= received.Accepted;
        Completed ??= received.Completed;
        if (received.Deltas is { } deltas)
        {
            _bursts.Add(deltas.Items.Count);
            _waits.Add(deltas.BackendWaitUs);
            _attempts.Add(deltas.Attempts);
            _tokens.AddRange(deltas.Items.Select(item => item.Text));
            _firstToken.TrySetResult();
        }
    }
}
