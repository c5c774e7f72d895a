using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ModelMesh.Registry.Tests.Store;

/// <summary>Stands before a store and notes down every command that is sent to it, before the store gets it.</summary>
internal sealed class CommandTap(int serverPort) : StoreRelay(serverPort)
{
    private readonly ConcurrentQueue<string[]> _commands = [];

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>What came since it was last asked, in order, each as its words.</summary>
    public IReadOnlyList<string[]> Take()
    {
        var taken = new List<string[]>();
        while (_commands.TryDequeue(out var command))
        {
            taken.Add(command);
        }

        return taken;
    }

    protected override void Carry(TcpClient client, TcpClient server)
    {
        var reader = new CommandReader();
        _ = CopyAsync(client, server, (from, to) => NoteAsync(from, to, reader));
        _ = CopyAsync(server, client, static (from, to) => from.CopyToAsync(to));
    }

    private async Task NoteAsync(NetworkStream from, NetworkStream to, CommandReader reader)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await from.ReadAsync(buffer)) > 0)
        {
            foreach (var command in reader.Read(buffer.AsSpan(0, count)))
            {
                _commands.Enqueue(command);
            }

            await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
