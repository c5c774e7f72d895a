using System.Runtime.InteropServices;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare;

/// <summary>Describes the machine that figures are taken on.</summary>
internal static class Machine
{
    public static MachineFacts Describe() => new(
        Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), 1),
        $"{(Line("/etc/os-release", "PRETTY_NAME")?.Trim('"')) ?? RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version}",
        RuntimeInformation.FrameworkDescription);

    private static string? Line(string file, string name) =>
        File.Exists(file)
            ? File.ReadLines(file).Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[(line.IndexOfAny(['=', ':']) + 1)..].Trim()).FirstOrDefault()
            : null;
}
