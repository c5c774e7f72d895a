using System.Globalization;
using System.Runtime.InteropServices;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>What a service has asked of the store, by its own metrics.</summary>
/// <param name="Calls">Round trips.</param>
/// <param name="Seconds">How long they took together, as the service sees it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoreUse(long Calls, double Seconds)
{
    private const string Metric = "modelmesh_store_command_duration_seconds";

    // What replicas do by the clock is there without a request, too.
    private static readonly string[] OfRequests = ["lease_acquire", "lease_keep", "lease_release", "rate_limit", "cache_read", "cache_write", "queue_count", "queue_look"];

    public static StoreUse operator +(StoreUse left, StoreUse right) => new(left.Calls + right.Calls, left.Seconds + right.Seconds);

    public static StoreUse operator -(StoreUse left, StoreUse right) => new(left.Calls - right.Calls, left.Seconds - right.Seconds);

    /// <summary>Reads what <c>/metrics</c> says of commands that requests send.</summary>
    public static StoreUse Read(string metrics)
    {
        var use = default(StoreUse);
        foreach (var line in metrics.Split('\n').Where(line => line.StartsWith(Metric, StringComparison.Ordinal) && OfRequests.Any(command => line.Contains($"\"{command}\"", StringComparison.Ordinal))))
        {
            var value = double.Parse(line.AsSpan(line.IndexOf('}', StringComparison.Ordinal) + 1).Trim(), CultureInfo.InvariantCulture);
            use += line.StartsWith(Metric + "_count", StringComparison.Ordinal) ? new StoreUse((long)value, 0)
                : line.StartsWith(Metric + "_sum", StringComparison.Ordinal) ? new StoreUse(0, value)
                : default;
        }

        return use;
    }
}
