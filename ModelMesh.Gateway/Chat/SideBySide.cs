using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Chat;

/// <summary>
/// Runs the parts of one call side by side, a bounded number at once, so that they do not fail of each other: one that its model has no capacity for, while
/// others run, is handed back, and from then on one less runs. It fails of that only where nothing else of the call was running when it was tried.
/// </summary>
internal static class SideBySide
{
    /// <param name="run">Runs the part of an index. What it throws besides <see cref="MeshException"/> ends the whole, once the others have ended.</param>
    /// <param name="failed">Takes a part's failure. Calls may overlap.</param>
    public static Task RunAsync(int count, int parallelism, Func<int, Task> run, Action<int, MeshException> failed)
    {
        var workers = Math.Min(count, parallelism);
        var queue = new WorkQueue(count, workers);
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(queue, run, failed)));
    }

    private static async Task WorkAsync(WorkQueue queue, Func<int, Task> run, Action<int, MeshException> failed)
    {
        while (queue.Take() is { } index)
        {
            if (!await TryAsync(queue, index, run, failed))
            {
                return;
            }
        }
    }

    /// <summary>False: the part was handed back, and this worker has left.</summary>
    private static async Task<bool> TryAsync(WorkQueue queue, int index, Func<int, Task> run, Action<int, MeshException> failed)
    {
        while (true)
        {
            var alone = queue.IsLastWorker;
            try
            {
                await run(index);
                return true;
            }
            catch (MeshException error) when (error.Code == ErrorCode.CapacityExceeded && !alone)
            {
                if (queue.HandBack(index))
                {
                    return false;
                }
            }
            catch (MeshException error)
            {
                failed(index, error);
                return true;
            }
        }
    }
}
