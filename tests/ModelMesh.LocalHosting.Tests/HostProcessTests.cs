using System.Diagnostics;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting.Tests;

/// <summary>An AppHost in a process of its own, ended from outside in every way; nothing it started may be left.</summary>
public sealed class HostProcessTests
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    public enum Ending
    {
        Sigterm = 15,
        Sigint = 2,
        Sigkill = 9,
    }

    [Theory]
    [InlineData(Ending.Sigterm)]
    [InlineData(Ending.Sigint)]
    [InlineData(Ending.Sigkill)]
    public async Task Host_Ended_LeavesNoProcess(Ending ending)
    {
        using var host = Start("host");
        var processes = await ReadProcessIdsAsync(host.StandardOutput);

        Assert.Equal(0, Posix.Kill(host.Id, (int)ending));

        await Eventually.HoldsAsync(() => host.HasExited && !processes.Exists(ProcessState.IsAlive), StopTime, "the host and all it started are gone");
        Assert.Equal(ending == Ending.Sigkill ? 128 + (int)ending : 0, host.ExitCode);
    }

    [Fact]
    public async Task Parent_Killed_LeavesNoProcess()
    {
        using var parent = Start("parent");
        var host = int.Parse((await parent.StandardOutput.ReadLineAsync())!.Split(' ')[1]);
        var processes = await ReadProcessIdsAsync(parent.StandardOutput);

        Assert.Equal(0, Posix.Kill(parent.Id, Posix.SigKill));

        await Eventually.HoldsAsync(() => !ProcessState.IsAlive(host) && !processes.Exists(ProcessState.IsAlive), StopTime, "the host and all it started are gone");
    }

    private static Process Start(string role) => Process.Start(
        new ProcessStartInfo(DotnetHost.Path, [new Projects.ModelMesh_LocalHosting_StandIn().TargetPath, role])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;

    /// <summary>The host's children and one grandchild, once all are up.</summary>
    private static async Task<List<int>> ReadProcessIdsAsync(StreamReader output)
    {
        var ids = new List<int>();
        using var patience = new CancellationTokenSource(TestMesh.StartTime);
        while (await output.ReadLineAsync(patience.Token) is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["service", "|", "spawned", var grandchild])
            {
                ids.Add(int.Parse(grandchild));
            }
            else if (words is ["processes", .. var children])
            {
                ids.AddRange(children.Select(int.Parse));
                Assert.Equal(3, ids.Count);
                Assert.All(ids, id => Assert.True(ProcessState.IsAlive(id)));
                return ids;
            }
        }

        throw new InvalidOperationException("The host ended before it was up.");
    }
}
