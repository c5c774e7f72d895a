using System.Diagnostics;
using System.Globalization;

namespace ModelMesh.LocalHosting.Processes;

/// <summary>
/// Outlives the launcher by a moment. It reads "+group" and "-group" lines from the launcher; when the lines end, the launcher is gone, however it went,
/// and every group still on the list is stopped.
/// </summary>
internal static class Watchdog
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public static void Run(TextReader launcher)
    {
        // Out of the terminal's reach: a signal to the launcher must not end its watchdog too.
        _ = Posix.SetSid();
        var requests = ReadUntilLauncherIsGone(launcher).Select(group => new StopRequest(group)).ToList();

        var since = Stopwatch.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (requests.RemoveAll(request => request.Repeat()) >= 0 && requests.Count > 0 && Stopwatch.GetElapsedTime(since) < Grace)
        {
            never.Wait(Poll);
        }

        requests.ForEach(request => request.Insist());
    }

    private static HashSet<int> ReadUntilLauncherIsGone(TextReader launcher)
    {
        var groups = new HashSet<int>();
        while (launcher.ReadLine() is { Length: > 1 } line)
        {
            var group = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
            _ = line[0] == '+' ? groups.Add(group) : groups.Remove(group);
        }

        return groups;
    }
}
