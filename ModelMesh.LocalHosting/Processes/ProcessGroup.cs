using System.Globalization;

namespace ModelMesh.LocalHosting.Processes;

/// <summary>A program and everything it started. Unix only.</summary>
internal static class ProcessGroup
{
    /// <returns>False when there is no such group any more.</returns>
    public static bool Signal(int group, int signal) => Posix.Kill(-group, signal) == 0;

    public static bool HasMembers(int group) =>
        Posix.Kill(-group, 0) == 0 && (!OperatingSystem.IsLinux() || HasLiveMembers(group));

    // A container's first process may never collect dead orphans, and to kill(2) a dead one still counts.
    private static bool HasLiveMembers(int group)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            {
                continue;
            }

            try
            {
                // "pid (name) state parent group …"; the name may hold anything, a parenthesis too.
                var status = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ', 4);
                if (int.Parse(fields[2], CultureInfo.InvariantCulture) == group && fields[0] is not ("Z" or "X"))
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
