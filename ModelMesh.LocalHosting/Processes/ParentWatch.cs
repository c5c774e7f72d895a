using System.Diagnostics;

namespace ModelMesh.LocalHosting.Processes;

/// <summary>
/// "dotnet run" is the parent of the AppHost. When that is killed, nothing tells the AppHost, so it looks.
/// A shell may end and leave it running (nohup); that is meant.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    public static async Task WaitForParentsEndAsync(CancellationToken cancellationToken)
    {
        // On Windows, "dotnet run" puts its child into a job of its own.
        var parent = OperatingSystem.IsWindows() ? 0 : Posix.GetParentId();
        if (!IsDotnet(parent))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        using var timer = new PeriodicTimer(Poll);
        while (Posix.GetParentId() == parent)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static bool IsDotnet(int processId)
    {
        if (processId == 0)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName is "dotnet" or "testhost";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
