using System.Diagnostics;

namespace ModelMesh.LocalHosting.Tests;

/// <summary>Polls a condition with a deadline.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, TimeSpan within, Func<string>? otherwise = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < within, otherwise?.Invoke() ?? $"Not so within {within}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }
}
