using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>Carries tokens from a registry to a client. A flush costs a system call, so it waits until nothing more is there to be sent with it.</summary>
internal sealed class TokenPump(IAnswerStream stream, IAnswerFormat format, AnswerOutput output, KeepAlive keepAlive)
{
    private const int FlushAtBytes = 16 * 1024;

    public long Tokens { get; private set; }

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
                await output.FlushAsync(cancellationToken);
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

        await output.FlushAsync(cancellationToken);
    }

    private bool Write(InferEvent current)
    {
        if (current.EventCase == InferEvent.EventOneofCase.Completed)
        {
            format.Done(current.Completed);
            return true;
        }

        if (current.Deltas is { } deltas)
        {
            var items = deltas.Items;
            for (var i = 0; i < items.Count; i++)
            {
                format.Delta(items[i]);
            }

            Tokens += items.Count;
        }

        return false;
    }
}
