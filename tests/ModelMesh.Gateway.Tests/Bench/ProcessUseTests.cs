using System.Diagnostics;
using ModelMesh.Bench.Compare.Processes;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class ProcessUseTests
{
    private const int Nobody = int.MaxValue;

    [Fact]
    public void Use_OfThisProcess_IsWhatTheRuntimeTells()
    {
        var before = Environment.CpuUsage.TotalTime.TotalSeconds;
        Burn(TimeSpan.FromMilliseconds(100));
        var told = ProcessGroupUse.CpuSeconds(Environment.ProcessId);

        // /proc counts in ticks of 10 ms, user and system time each.
        Assert.InRange(told, before, Environment.CpuUsage.TotalTime.TotalSeconds + 0.02);
        Assert.InRange(ProcessGroupUse.ResidentMiB(Environment.ProcessId), 10, 100_000);
    }

    [Fact]
    public void Use_OfAProcessThatIsGone_IsNothing()
    {
        Assert.Equal((0, 0), (ProcessGroupUse.CpuSeconds(Nobody), ProcessGroupUse.ResidentMiB(Nobody)));
        Assert.Empty(ProcessGroupUse.Members(Nobody));
    }

    [Fact]
    public void Members_OfAGroup_AreItsFounderAndWhatThatStarted()
    {
        // setsid founds a group; its shell starts two more and says who they are.
        using var shell = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", "sleep 60 & sleep 60 & echo $$; wait"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var founder = int.Parse(shell.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            var members = ProcessGroupUse.Members(founder);

            Assert.Equal(3, members.Count);
            Assert.Contains(founder, members);
            Assert.DoesNotContain(Environment.ProcessId, members);
        }
        finally
        {
            foreach (var member in ProcessGroupUse.Members(founder))
            {
                using var process = Process.GetProcessById(member);
                process.Kill();
            }
        }
    }

    [Fact]
    public async Task Meter_WhileTheGeneratorWorks_ChargesTheGeneratorAndNotWhatSleeps()
    {
        using var sleeper = Process.Start(new ProcessStartInfo("setsid", ["sleep", "60"]) { UseShellExecute = false })!;
        try
        {
            Burn(TimeSpan.FromMilliseconds(50));
            var usedBefore = ProcessGroupUse.CpuSeconds(Environment.ProcessId);
            using var meter = new UseMeter([new Metered("sleeper", sleeper.Id)]);
            var before = Environment.CpuUsage.TotalTime.TotalSeconds;
            Burn(TimeSpan.FromMilliseconds(200));
            var used = Environment.CpuUsage.TotalTime.TotalSeconds - before;

            var uses = await meter.EndAsync();

            Assert.Equal(["sleeper", "generator"], uses.Select(use => use.Name));
            Assert.Equal([true, false], uses.Select(use => use.UnderTest));
            Assert.InRange(uses[0].CpuSeconds, 0, 0.05);

            // What was used before its making is not charged; two ticks of 10 ms at each end may be.
            Assert.True(uses[1].CpuSeconds >= used - 0.04, $"{uses[1].CpuSeconds} s of {used} s");
            Assert.InRange(uses[1].CpuSeconds, 0, ProcessGroupUse.CpuSeconds(Environment.ProcessId) - usedBefore + 0.02);
            Assert.True(uses[1].ResidentMiB > 10, $"{uses[1].ResidentMiB} MiB");
        }
        finally
        {
            sleeper.Kill();
        }
    }

    // Until so much processor time is used, however busy the machine is.
    private static void Burn(TimeSpan time)
    {
        var end = Environment.CpuUsage.TotalTime + time;
        while (Environment.CpuUsage.TotalTime < end)
        {
            Thread.SpinWait(1_000);
        }
    }

    private sealed record Metered(string Name, int Id) : IMeteredProgram
    {
        public bool UnderTest => true;
    }
}
