using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>What is left of answers whose clients have gone.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until nothing is left or <paramref name="patience"/> is over.</summary>
    /// <returns>How many there were at the last look.</returns>
    public static async Task<long> AfterAsync(TimeSpan patience, Func<Task<long>> left, TimeProvider time)
    {
        var start = time.GetTimestamp();
        long count;
        while ((count = await left()) > 0 && time.GetElapsedTime(start) < patience)
        {
            await Task.Delay(Look, time);
        }

        return count;
    }

    /// <summary>Counts what is left as answers that are not complete.</summary>
    public static RunResult Charge(RunResult run, string kind, long count)
    {
        var charged = Math.Min(count, run.Complete);
        return charged <= 0 ? run : run with
        {
            Complete = run.Complete - charged,
            Errors = new Dictionary<string, long>(run.Errors, StringComparer.Ordinal) { [kind] = charged },
        };
    }
}
