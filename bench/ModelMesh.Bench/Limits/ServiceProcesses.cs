using ModelMesh.Bench.Compare.Processes;

namespace ModelMesh.Bench.Limits;

/// <summary>What the mesh's processes on this machine hold and use, from <c>/proc</c>; empty where there is none.</summary>
internal static class ServiceProcesses
{
    private static readonly string[] Services = ["ModelMesh.Gateway", "ModelMesh.Registry"];

    public static IEnumerable<(string Service, double Megabytes)> ResidentMemory() => All().Select(found => (found.Service, ProcessGroupUse.ResidentMiB(found.Id)));

    /// <summary>The processor time that all processes of a service have used, user and system.</summary>
    public static TimeSpan ProcessorTime(string service) => TimeSpan.FromSeconds(All().Where(found => found.Service == service).Sum(found => ProcessGroupUse.CpuSeconds(found.Id)));

    private static IEnumerable<(int Id, string Service)> All() =>
        (Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
            .Where(process => int.TryParse(Path.GetFileName(process), out _))
            .Select(process => (Id: int.Parse(Path.GetFileName(process)), Service: ServiceOf(process)!))
            .Where(found => found.Service is not null)
            .OrderBy(found => found.Service, StringComparer.Ordinal);

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
