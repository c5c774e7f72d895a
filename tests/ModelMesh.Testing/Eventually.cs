using System.Diagnostics;

namespace ModelMesh.Testing;

/// <summary>Waits for a condition instead of for a time: the tests' only way to wait.</summary>
public static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

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

    /// <summary>With a deadline that only a broken test meets.</summary>
    public static Task<TimeSpan> HoldsAsync(Func<bool> condition, string what) => HoldsAsync(condition, TimeSpan.FromSeconds(10), what);

    public static Task<TimeSpan> HoldsAsync(Func<bool> condition, TimeSpan deadline, string what) => HoldsAsync(() => Task.FromResult(condition()), deadline, what);
}
