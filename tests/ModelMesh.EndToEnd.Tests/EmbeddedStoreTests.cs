using System.Net.Sockets;
using System.Text;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>Garnet as AppHost runs it: a store of 64 MB that sees more traffic than that and may forget nothing.</summary>
public sealed class EmbeddedStoreTests
{
    private const int Batch = 500;

    [Fact]
    public async Task Garnet_AfterMoreLeaseTrafficThanItHasMemory_StillHoldsTheCatalogAlsoAfterAKill()
    {
        await using var store = await StoreServer.StartAsync(StoreKind.Garnet);
        using (var client = new TcpClient("127.0.0.1", store.Port) { NoDelay = true })
        {
            await SendAsync(client, Command("HSET", "{catalog}:models", "model", "definition"), answers: 1);

            // A model that goes from idle to busy and back appends about 40 bytes to the store's log each time: 80 MB in all.
            var cycles = string.Concat(Enumerable.Repeat(Command("ZADD", "{m}:leases", "1", "lease") + Command("ZREM", "{m}:leases", "lease"), Batch));
            for (var sent = 0; sent < 2_000_000; sent += Batch)
            {
                await SendAsync(client, cycles, answers: 2 * Batch);
            }

            Assert.Equal(":1\r\n", await SendAsync(client, Command("HLEN", "{catalog}:models"), answers: 1));
        }

        await store.KillAsync();
        await store.StartAsync();
        using var again = new TcpClient("127.0.0.1", store.Port);
        Assert.Equal(":1\r\n", await SendAsync(again, Command("HLEN", "{catalog}:models"), answers: 1));
    }

    private static string Command(params string[] words) => $"*{words.Length}\r\n{string.Concat(words.Select(word => $"${word.Length}\r\n{word}\r\n"))}";

    // Every answer here is the number one.
    private static async Task<string> SendAsync(TcpClient client, string commands, int answers)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(commands), deadline.Token);
        var answer = new byte[answers * ":1\r\n".Length];
        await client.GetStream().ReadExactlyAsync(answer, deadline.Token);
        return Encoding.ASCII.GetString(answer);
    }
}
