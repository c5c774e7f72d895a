using System.Diagnostics;

namespace ModelMesh.Testing.Store;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns how long it took until the condition held; throws after the deadline.</summary>
    public static async Task<TimeSpan> HoldsAsync(Func<Task<bool>> condition, TimeSpan deadline, string what)
    {
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            if (since.Elapsed > deadline)
            {
                throw new TimeoutException($"Not within {deadline}: {what}");
            }

            await Task.Delay(Step, TimeProvider.System);
        }

        return since.Elapsed;
    }

    public static Task<TimeSpan> HoldsAsync(Func<bool> condition, TimeSpan deadline, string what) => HoldsAsync(() => Task.FromResult(condition()), deadline, what);
}
