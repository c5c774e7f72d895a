using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry;

namespace ModelMesh.Gateway.Infer.Sse;

/// <summary>Carries tokens from a registry to a client. A flush costs a system call, so it waits until nothing more is there to be sent with it.</summary>
internal sealed class TokenPump(InferStream stream, SseWriter writer, KeepAlive keepAlive)
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
            if (!next.IsCompleted || writer.Unflushed >= FlushAtBytes)
            {
                await writer.FlushAsync(cancellationToken);
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

        await writer.FlushAsync(cancellationToken);
    }

    private bool Write(InferEvent current)
    {
        if (current.EventCase == InferEvent.EventOneofCase.Completed)
        {
            writer.Done(DoneBody.From(current.Completed, stream.Accepted));
            return true;
        }

        if (current.Deltas is { } deltas)
        {
            var items = deltas.Items;
            for (var i = 0; i < items.Count; i++)
            {
                writer.Token(items[i]);
            }

            Tokens += items.Count;
        }

        return false;
    }
}
