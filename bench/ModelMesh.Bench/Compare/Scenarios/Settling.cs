using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>That programs are done with what they were told.</summary>
internal static class Settling
{
    /// <summary>Looks until there is less than <see cref="IdleUse.SettledPercent"/>, or <see cref="IdleUse.PatienceSeconds"/> are over.</summary>
    /// <param name="look">Takes its time, and returns what was used in it in percent of a core.</param>
    /// <returns>Whether it came to that.</returns>
    public static async Task<bool> AwaitAsync(Func<Task<double>> look, TimeProvider time)
    {
        var start = time.GetTimestamp();
        do
        {
            if (await look() < IdleUse.SettledPercent)
            {
                return true;
            }
        }
        while (time.GetElapsedTime(start).TotalSeconds < IdleUse.PatienceSeconds);
        return false;
    }
}
