using System.Diagnostics;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting.Tests;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task Exited_ChildEndedWhileItWasBeingStarted_IsTold()
    {
        using var guard = new GuardThatWaitsForTheEnd();
        var child = Start(guard);

        Assert.Equal(0, await child.Exited.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Kill_OfOneThatIsGoneWithAllItStarted_TouchesNobody()
    {
        using var guard = new GuardThatWaitsForTheEnd();
        var child = Start(guard);
        await child.KillAsync();

        await child.KillAsync();
        await child.StopAsync(TimeSpan.Zero);

        // Whoever has its id by now would have been killed in between.
        Assert.Equal(1, guard.Forgotten);
    }

    private static ChildProcess Start(GuardThatWaitsForTheEnd guard) =>
        ChildProcess.Start(new ChildCommand("true", [], Path.GetTempPath(), new Dictionary<string, string?>(StringComparer.Ordinal)), guard, _ => { });

    private sealed class GuardThatWaitsForTheEnd : IOrphanGuard
    {
        public int Forgotten { get; private set; }

        public void Watch(Process process) => process.WaitForExit();

        public void Forget(Process process) => Forgotten++;

        public void Dispose()
        {
        }
    }
}
