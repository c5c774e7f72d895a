using System.Diagnostics;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>Polls a condition with a deadline: the tests' only way to wait.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, TimeSpan deadline, string what) => TrueAsync(() => Task.FromResult(condition()), deadline, what);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan deadline, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > deadline)
            {
                throw new TimeoutException($"Not within {deadline.TotalSeconds:0.###} s: {what}");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
