using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.Answers;

/// <summary>Carries tokens from a registry to a client. A flush costs a system call, so it waits until nothing more is there to be sent with it.</summary>
internal sealed class TokenPump(IAnswerStream stream, IAnswerFormat format, AnswerOutput output, KeepAlive keepAlive, TokenGap gap)
{
    private const int FlushAtBytes = 16 * 1024;

    private bool _hasTokens;

    /// <summary>How many were sent.</summary>
    public long Pieces { get; private set; }

    /// <summary>The answer's end, once it came.</summary>
    public Completed? Completed { get; private set; }

    /// <summary>Runs to the end of the answer. While the client takes nothing, nothing is read either, and the registry is held back.</summary>
    /// <exception cref="Grpc.Core.RpcException">The stream broke.</exception>
    /// <exception cref="Contracts.Errors.MeshException">It ended without being complete.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!Write(stream.Current))
        {
            var next = stream.MoveNextAsync();
            if (!next.IsCompleted || output.Unflushed >= FlushAtBytes)
            {
                await FlushAsync(cancellationToken);
                Flushed();
            }

            if (!next.IsCompleted)
            {
                keepAlive.Wait();
                try
                {
                    await next;
                }
                finally
                {
                    await keepAlive.ResumeAsync();
                }
            }

            if (!await next)
            {
                throw stream.Incomplete();
            }
        }

        await FlushAsync(cancellationToken);
    }

    private ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_hasTokens)
        {
            gap.Sends();
        }

        return output.FlushAsync(cancellationToken);
    }

    private void Flushed()
    {
        if (_hasTokens)
        {
            _hasTokens = false;
            gap.Sent();
        }
    }

    private bool Write(InferEvent current)
    {
        if (current.EventCase == InferEvent.EventOneofCase.Completed)
        {
            Completed = current.Completed;
            format.Done(Completed);
            return true;
        }

        if (current.Deltas is { } deltas)
        {
            var items = deltas.Items;
            for (var i = 0; i < items.Count; i++)
            {
                format.Delta(items[i]);
            }

            Pieces += items.Count;
            _hasTokens |= items.Count > 0;
        }

        return false;
    }
}
