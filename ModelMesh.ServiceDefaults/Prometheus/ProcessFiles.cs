using System.Diagnostics.Metrics;
using System.Globalization;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>The files that this process has open, as Linux tells them. Nothing where it tells nothing.</summary>
internal static class ProcessFiles
{
    private const string LimitName = "Max open files";

    public static IEnumerable<Measurement<long>> Open() => Directory.Exists("/proc/self/fd") ? [new(Directory.EnumerateFileSystemEntries("/proc/self/fd").LongCount())] : [];

    public static IEnumerable<Measurement<long>> Most() => File.Exists("/proc/self/limits") && SoftLimit(File.ReadLines("/proc/self/limits")) is { } most ? [new(most)] : [];

    /// <param name="limits">Lines of name, soft limit, hard limit and unit.</param>
    /// <returns>Null when there is none.</returns>
    public static long? SoftLimit(IEnumerable<string> limits) =>
        limits.FirstOrDefault(line => line.StartsWith(LimitName, StringComparison.Ordinal)) is { } line
        && long.TryParse(line[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
}
