using System.Diagnostics;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting.Tests;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task Exited_ChildEndedWhileItWasBeingStarted_IsTold()
    {
        using var guard = new GuardThatWaitsForTheEnd();
        var child = ChildProcess.Start(new ChildCommand("true", [], Path.GetTempPath(), new Dictionary<string, string?>(StringComparer.Ordinal)), guard, _ => { });

        Assert.Equal(0, await child.Exited.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private sealed class GuardThatWaitsForTheEnd : IOrphanGuard
    {
        public void Watch(Process process) => process.WaitForExit();

        public void Forget(Process process)
        {
        }

        public void Dispose()
        {
        }
    }
}
