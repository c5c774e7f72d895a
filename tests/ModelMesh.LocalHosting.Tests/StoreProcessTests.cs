using System.Net.Sockets;
using System.Text;
using ModelMesh.AppHost.Stores;

namespace ModelMesh.LocalHosting.Tests;

/// <summary>The AppHost's own store resources, run for real.</summary>
public sealed class StoreProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modelmesh-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Garnet_KilledWhileWritten_ComesBackWithEveryCommittedWrite() => KillAsync("Garnet", commits: true);

    [ServerFact]
    public Task Server_KilledWhileWritten_ComesBackWithEveryAcknowledgedWrite() => KillAsync("Server", commits: false);

    private async Task KillAsync(string kind, bool commits)
    {
        var builder = new DistributedApplicationBuilder(
            ["--Dashboard:Enabled=false", $"--Store:Kind={kind}", $"--Store:DataDirectory={_folder}"],
            Path.Combine(Repository.Root, "ModelMesh.AppHost")) { Output = new LaunchOutput(TextWriter.Null, inColour: false) };
        builder.AddStore("redis");
        await using var app = builder.BuildApplication();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("store").WaitAsync(TestMesh.StartTime);
        var port = app.GetEndpoint("store", "tcp").Port;
        var before = app.GetProcessIds("store");
        var writing = Task.Run(() => WriteUntilItBreaks(port, commits));
        await Eventually.HoldsAsync(() => int.Parse(Read(port) ?? "0") > 100, "a hundred writes are there");

        await app.KillAsync("store");

        var acknowledged = await writing;
        await Eventually.HoldsAsync(() => app.GetProcessIds("store") is [var id] && id != before[0] && Read(port) is not null, TimeSpan.FromSeconds(20), "another store answers");
        Assert.InRange(int.Parse(Read(port)!), acknowledged, acknowledged + 1);
    }

    /// <returns>The last number that the store said it has.</returns>
    private static int WriteUntilItBreaks(int port, bool commits)
    {
        using var client = new TcpClient("127.0.0.1", port) { NoDelay = true };
        using var reader = new StreamReader(client.GetStream());
        var acknowledged = 0;
        try
        {
            while (Ask(client, reader, "SET", "registration", $"{acknowledged + 1}") == "+OK" && (!commits || Ask(client, reader, "COMMITAOF")?.StartsWith('+') == true))
            {
                acknowledged++;
            }
        }
        catch (IOException)
        {
            // Killed in the middle of a write.
        }

        return acknowledged;
    }

    private static string? Read(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port) { ReceiveTimeout = 2_000 };
            using var reader = new StreamReader(client.GetStream());
            return Ask(client, reader, "GET", "registration") is ['$', not '-', ..] ? reader.ReadLine() : null;
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return null;
        }
    }

    private static string? Ask(TcpClient client, StreamReader reader, params string[] command)
    {
        client.GetStream().Write(Encoding.ASCII.GetBytes($"*{command.Length}\r\n{string.Concat(command.Select(word => $"${word.Length}\r\n{word}\r\n"))}"));
        return reader.ReadLine();
    }
}

/// <summary>A test of the Redis or Valkey server on PATH; skipped where there is none.</summary>
internal sealed class ServerFactAttribute : FactAttribute
{
    public ServerFactAttribute() => Skip = StoreProbe.FindServer() is null ? "Neither redis-server nor valkey-server is on PATH." : null;
}
