namespace ModelMesh.Bench.Limits;

/// <summary>What the mesh's processes on this machine hold and use, from <c>/proc</c>; empty where there is none.</summary>
internal static class ServiceProcesses
{
    // The kernel's unit for times in /proc on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    private static readonly string[] Services = ["ModelMesh.Gateway", "ModelMesh.Registry"];

    public static IEnumerable<(string Service, double Megabytes)> ResidentMemory() =>
        All().SelectMany(found => File.ReadLines(Path.Combine(found.Process, "status"))
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => (found.Service, double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024)));

    /// <summary>The processor time that all processes of a service have used, user and system.</summary>
    public static TimeSpan ProcessorTime(string service) => TimeSpan.FromSeconds(All()
        .Where(found => found.Service == service)
        .Select(found => File.ReadAllText(Path.Combine(found.Process, "stat")))
        .Sum(stat => Ticks(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')) / TicksPerSecond));

    // proc(5): the 14th and 15th fields, of which the state is the third and the first behind the name.
    private static double Ticks(string[] behindName) => double.Parse(behindName[11]) + double.Parse(behindName[12]);

    private static IEnumerable<(string Process, string Service)> All() =>
        (Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
            .Where(process => int.TryParse(Path.GetFileName(process), out _))
            .Select(process => (process, Service: ServiceOf(process)))
            .Where(found => found.Service is not null)
            .Select(found => (found.process, found.Service!))
            .OrderBy(found => found.Item2, StringComparer.Ordinal);

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
