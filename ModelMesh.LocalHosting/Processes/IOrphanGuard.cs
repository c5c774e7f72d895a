using System.Diagnostics;

namespace ModelMesh.LocalHosting.Processes;

/// <summary>Sees to it that no child outlives the launcher, even one that is killed.</summary>
internal interface IOrphanGuard : IDisposable
{
    void Watch(Process process);

    void Forget(Process process);

    static IOrphanGuard Start() => OperatingSystem.IsWindows() ? new JobObjectGuard() : new WatchdogGuard();
}
