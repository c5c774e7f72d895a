namespace ModelMesh.Bench.Limits;

/// <summary>What the mesh's processes on this machine hold in memory, from <c>/proc</c>; empty where there is none.</summary>
internal static class ResidentMemory
{
    private static readonly string[] Services = ["ModelMesh.Gateway", "ModelMesh.Registry"];

    public static IEnumerable<(string Service, double Megabytes)> OfServices()
    {
        var seen = new List<(string Service, double Megabytes)>();
        foreach (var process in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (!int.TryParse(Path.GetFileName(process), out _) || ServiceOf(process) is not { } service)
            {
                continue;
            }

            var line = File.ReadLines(Path.Combine(process, "status")).FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            if (line is not null)
            {
                seen.Add((service, double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024));
            }
        }

        return seen.OrderBy(entry => entry.Service, StringComparer.Ordinal);
    }

    // The service's own process: its program or its first argument is the service's assembly.
    private static string? ServiceOf(string process)
    {
        try
        {
            var words = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0').Take(2).Select(Path.GetFileNameWithoutExtension).ToArray();
            return Array.Find(Services, service => words.Any(word => string.Equals(word, service, StringComparison.Ordinal)));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
