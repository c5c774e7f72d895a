using System.Net.Sockets;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting.Tests;

public sealed class FailureTests
{
    private const int SigContinue = 18;
    private const int SigStop = 19;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task SharedPort_OneReplicaKilled_OtherAnswersEveryRequest()
    {
        await using var mesh = new TestMesh();
        await mesh.StartAsync();
        var before = await AskAsync(mesh, 8);
        Assert.Equal(2, before.Distinct().Count());

        await mesh.App.KillAsync("registry", replica: 0);

        var after = await AskAsync(mesh, 20);
        Assert.Equal(mesh.App.GetProcessIds("registry").Select(id => $"{id}"), after.Distinct());
        await Eventually.HoldsAsync(
            () => mesh.Lines.Any(line => line.Contains("registry-0 was killed (SIGKILL)", StringComparison.Ordinal)),
            "the launcher says that the replica was killed");
    }

    [Fact]
    public async Task SharedPort_OneReplicaFrozen_OtherAnswersEveryRequestUntilItReturns()
    {
        await using var mesh = new TestMesh();
        await mesh.StartAsync();
        var frozen = mesh.App.GetProcessIds("registry")[0];
        Assert.Equal(0, Posix.Kill(frozen, SigStop));

        await Eventually.HoldsAsync(() => Says("registry-0 fails its health check"), "the frozen replica is out of rotation");
        var meanwhile = await AskAsync(mesh, 8).WaitAsync(Patience);

        Assert.Equal([$"{mesh.App.GetProcessIds("registry")[1]}"], meanwhile.Distinct());
        Assert.Equal(0, Posix.Kill(frozen, SigContinue));
        await Eventually.HoldsAsync(() => Says("registry-0 is healthy again"), "the replica is in rotation again");
        Assert.Equal(2, (await AskAsync(mesh, 8).WaitAsync(Patience)).Distinct().Count());
        Assert.Equal(2, mesh.Lines.Count(line => line.StartsWith("mesh ", StringComparison.Ordinal)));

        bool Says(string what) => mesh.Lines.Any(line => line.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_Killed_ComesBackOnTheSamePortAsAnotherProcess()
    {
        await using var mesh = new TestMesh();
        await mesh.StartAsync();
        var port = mesh.App.GetEndpoint("store", "tcp").Port;
        var before = Assert.Single(mesh.App.GetProcessIds("store"));

        await mesh.App.KillAsync("store");

        await Eventually.HoldsAsync(() => AskStore(port) is { } id && id != before, "another store answers");
        Assert.False(ProcessState.IsAlive(before));
    }

    [Fact]
    public async Task Store_ItsFolderIsGoneWhenItIsKilled_ComesBackWhenTheFolderDoes()
    {
        var folder = Directory.CreateTempSubdirectory("modelmesh-store-").FullName;
        var output = new RecordingWriter();
        var builder = new DistributedApplicationBuilder(["--Dashboard:Enabled=false"], AppContext.BaseDirectory) { Output = new LaunchOutput(output, inColour: false) };
        builder.AddExecutable("store", "sleep", folder, "1000");
        await using var app = builder.BuildApplication();
        try
        {
            await app.StartAsync();
            await app.ResourceNotifications.WaitForResourceHealthyAsync("store").WaitAsync(TestMesh.StartTime);
            var before = Assert.Single(app.GetProcessIds("store"));

            Directory.Delete(folder);
            await app.KillAsync("store");
            await Eventually.HoldsAsync(() => output.Lines.Any(line => line.Contains("could not be started", StringComparison.Ordinal)), "the launcher says why");
            Directory.CreateDirectory(folder);

            await Eventually.HoldsAsync(() => app.GetProcessIds("store") is [var id] && id != before, "another store runs");
        }
        finally
        {
            Directory.CreateDirectory(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Store_StoppedAndStarted_IsGoneInBetween()
    {
        await using var mesh = new TestMesh();
        await mesh.StartAsync();
        var port = mesh.App.GetEndpoint("store", "tcp").Port;

        await mesh.App.StopResourceAsync("store");
        Assert.Null(AskStore(port));
        Assert.Empty(mesh.App.GetProcessIds("store"));

        await mesh.App.StartResourceAsync("store");
        Assert.Equal(Assert.Single(mesh.App.GetProcessIds("store")), AskStore(port));
    }

    /// <summary>One connection each time, and bare: an HTTP client would try again where the balancer should have.</summary>
    private static async Task<List<string>> AskAsync(TestMesh mesh, int times)
    {
        var answers = new List<string>();
        for (var i = 0; i < times; i++)
        {
            using var client = new TcpClient("127.0.0.1", mesh.App.GetEndpoint("registry").Port);
            await client.GetStream().WriteAsync("GET /pid HTTP/1.0\r\n\r\n"u8.ToArray());
            using var reader = new StreamReader(client.GetStream());
            answers.Add((await reader.ReadToEndAsync()).Split("\r\n")[^1]);
        }

        return answers;
    }

    private static int? AskStore(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            using var reader = new StreamReader(client.GetStream());
            return int.TryParse(reader.ReadLine(), out var id) ? id : null;
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return null;
        }
    }
}
