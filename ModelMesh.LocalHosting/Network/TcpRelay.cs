using System.Buffers;
using System.Net.Sockets;

namespace ModelMesh.LocalHosting;

/// <summary>Copies bytes both ways until both sides have finished sending; an end of one side is passed on, the other way stays open.</summary>
internal static class TcpRelay
{
    private const int BufferSize = 16 * 1024;

    public static async Task RunAsync(Socket client, Socket replica, CancellationToken cancellationToken)
    {
        client.NoDelay = true;
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(CopyAsync(client, replica, broken), CopyAsync(replica, client, broken));
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationTokenSource broken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, broken.Token)) > 0)
            {
                if (!await SendAsync(to, buffer.AsMemory(0, read), broken.Token))
                {
                    return;
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // A reset on one side must end the copy in the other direction too.
            await broken.CancelAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // False when the receiver takes no more. What it said before, as a server does that refuses a large upload, is still on its way: the copy
    // in the other direction passes it on, and meets the same end after it.
    private static async Task<bool> SendAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
