namespace ModelMesh.Registry.Attempts;

/// <summary>Cancels where the caller is not the one to hear of what goes wrong in it.</summary>
internal static class QuietCancellation
{
    /// <summary>Begins to cancel, and returns at once: callbacks of plugins run in there, and may block or throw.</summary>
    public static void CancelQuietly(this CancellationTokenSource source) => _ = CancelAsync(source);

    private static async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or AggregateException)
        {
            // What it belongs to ended this very moment, or a plugin's callback threw: it is cancelled either way.
        }
    }
}
