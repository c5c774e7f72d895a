using System.Net.Sockets;
using System.Text;
using ModelMesh.AppHost.Stores;

namespace ModelMesh.LocalHosting.Tests;

/// <summary>The AppHost's own store resources, run for real.</summary>
public sealed class StoreProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modelmesh-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Garnet")]
    [InlineData("Server")]
    public async Task Store_KilledAfterAWrite_ComesBackWithIt(string kind)
    {
        if (kind == "Server" && StoreProbe.FindServer() is null)
        {
            // Neither redis-server nor valkey-server is installed; there is nothing to try.
            return;
        }

        var builder = new DistributedApplicationBuilder(
            ["--Dashboard:Enabled=false", $"--Store:Kind={kind}", $"--Store:DataDirectory={_folder}"],
            Path.Combine(RepositoryRoot(), "ModelMesh.AppHost")) { Output = new LaunchOutput(TextWriter.Null, inColour: false) };
        builder.AddStore("redis");
        await using var app = builder.BuildApplication();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("store").WaitAsync(TestMesh.StartTime);
        var port = app.GetEndpoint("store", "tcp").Port;
        Assert.Equal("+OK", Ask(port, "SET", "registration", "kept"));
        var before = app.GetProcessIds("store");
        // A server that syncs once a second may lose that second; the kernel has the bytes already, and it is not the kernel that dies.
        await app.KillAsync("store");

        await Eventually.IsTrueAsync(() => Ask(port, "GET", "registration") is "$4", TimeSpan.FromSeconds(20));
        Assert.NotEqual(before, app.GetProcessIds("store"));
    }

    private static string? Ask(int port, params string[] command)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            client.ReceiveTimeout = 2_000;
            client.GetStream().Write(Encoding.ASCII.GetBytes($"*{command.Length}\r\n{string.Concat(command.Select(word => $"${word.Length}\r\n{word}\r\n"))}"));
            using var reader = new StreamReader(client.GetStream());
            return reader.ReadLine();
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return null;
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ModelMesh.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder;
    }
}
