using System.Globalization;

namespace ModelMesh.LocalHosting.Processes;

/// <summary>
/// A program and everything it started. Unix only. Until <see cref="SessionExec"/> has called setsid there is no group yet, only the process that will lead it.
/// </summary>
internal static class ProcessGroup
{
    /// <returns>False when there is no such group: not any more, or not yet.</returns>
    public static bool Signal(int group, int signal) => Posix.Kill(-group, signal) == 0;

    /// <summary>Signals the group or, where it is not founded yet, its founder.</summary>
    public static void SignalOrFounder(int group, int signal)
    {
        if (!Signal(group, signal) && Posix.Kill(group, signal) == 0)
        {
            // The founder may have called setsid, and started others, between the two.
            Signal(group, signal);
        }
    }

    public static bool HasMembers(int group) =>
        (Posix.Kill(-group, 0) == 0 || Posix.Kill(group, 0) == 0) && (!OperatingSystem.IsLinux() || HasLiveMembers(group));

    // A container's first process may never collect dead orphans, and to kill(2) a dead one still counts.
    private static bool HasLiveMembers(int group)
    {
        var founder = group.ToString(CultureInfo.InvariantCulture);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var id = Path.GetFileName(folder);
            if (!char.IsAsciiDigit(id[0]))
            {
                continue;
            }

            try
            {
                // "pid (name) state parent group …"; the name may hold anything, a parenthesis too.
                var status = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ', 4);
                var isMember = int.Parse(fields[2], CultureInfo.InvariantCulture) == group || string.Equals(id, founder, StringComparison.Ordinal);
                if (isMember && fields[0] is not ("Z" or "X"))
                {
                    return true;
                }
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return false;
    }
}
