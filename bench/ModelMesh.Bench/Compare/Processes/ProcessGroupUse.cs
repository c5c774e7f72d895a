using System.Globalization;

namespace ModelMesh.Bench.Compare.Processes;

/// <summary>What a program and all that it started use, from <c>/proc</c>.</summary>
internal static class ProcessGroupUse
{
    // The kernel's unit for times in /proc on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>The processes of the group that <paramref name="founder"/> founded.</summary>
    public static IReadOnlyList<int> Members(int founder) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0 && Stat(id) is { } stat && int.Parse(stat[2], CultureInfo.InvariantCulture) == founder)];

    /// <summary>User and system time of a process in seconds; 0 when there is none.</summary>
    public static double CpuSeconds(int id) =>
        Stat(id) is { } stat ? (double.Parse(stat[11], CultureInfo.InvariantCulture) + double.Parse(stat[12], CultureInfo.InvariantCulture)) / TicksPerSecond : 0;

    /// <summary>Resident memory of a process in MiB; 0 when there is none.</summary>
    public static double ResidentMiB(int id)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/status")
                .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
                .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // proc(5): the fields behind the name, which may hold spaces itself. The first is the state, the third the group, the 12th and 13th the times.
    private static string[]? Stat(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
