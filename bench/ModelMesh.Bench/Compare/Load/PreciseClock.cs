using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>Waits for a moment to within a tenth of a millisecond where the system can; timers of .NET are exact to one or two.</summary>
internal static partial class PreciseClock
{
    /// <summary>Blocks the calling thread until <paramref name="timestamp"/> of <see cref="Stopwatch"/> has come.</summary>
    public static void WaitUntil(long timestamp)
    {
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), timestamp) is { Ticks: > 0 } left)
        {
            if (OperatingSystem.IsWindows())
            {
                Thread.Yield();
            }
            else
            {
                // One that a signal ends early is begun again.
                _ = Sleep((uint)Math.Min(left.TotalMicroseconds, 500_000));
            }
        }
    }

    public static long After(long timestamp, TimeSpan time) => timestamp + (long)(time.TotalSeconds * Stopwatch.Frequency);

    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sleep(uint microseconds);
}
