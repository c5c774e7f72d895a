using System.Globalization;

namespace ModelMesh.Bench.Compare.Processes;

/// <summary>How much of the processors programs have wanted since the system started, and how much of that the host gave to other machines instead; in ticks.</summary>
internal sealed record ProcessorTime(long Wanted, long Stolen)
{
    public static ProcessorTime Now() => Read(File.ReadLines("/proc/stat").First());

    /// <param name="line">The first of <c>/proc/stat</c>.</param>
    public static ProcessorTime Read(string line)
    {
        // proc(5): user, nice, system, idle, iowait, irq, softirq, steal. The last is not there on kernels that know no hosts.
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return new(ticks.Where((_, index) => index is not (3 or 4)).Sum(), ticks.Length > 7 ? ticks[7] : 0);
    }

    /// <summary>What the host has taken since then, in percent of what was wanted; 0 where nothing was.</summary>
    public double StolenPercentSince(ProcessorTime before) => Wanted > before.Wanted ? 100.0 * (Stolen - before.Stolen) / (Wanted - before.Wanted) : 0;
}
