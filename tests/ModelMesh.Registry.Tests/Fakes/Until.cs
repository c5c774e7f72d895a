using System.Diagnostics;
using Xunit;

namespace ModelMesh.Registry.Tests.Fakes;

internal static class Until
{
    /// <summary>Waits until a condition holds, and fails the test when it does not in time.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what, int seconds = 10)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(seconds), $"within {seconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
