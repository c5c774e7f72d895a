namespace ModelMesh.Gateway.Chat;

/// <summary>What is left to do of one call, and how many workers are at it. Thread-safe.</summary>
internal sealed class WorkQueue(int count, int workers)
{
    private readonly Lock _lock = new();
    private readonly Queue<int> _left = new(Enumerable.Range(0, count));
    private int _workers = workers;

    public bool IsLastWorker
    {
        get
        {
            lock (_lock)
            {
                return _workers == 1;
            }
        }
    }

    /// <summary>The next part; null when none is left, and the worker has left with that.</summary>
    public int? Take()
    {
        lock (_lock)
        {
            if (_left.TryDequeue(out var index))
            {
                return index;
            }

            _workers--;
            return null;
        }
    }

    /// <summary>Puts a part back for another worker, and the one that had it leaves. False where there is no other: then it keeps the part.</summary>
    public bool HandBack(int index)
    {
        lock (_lock)
        {
            if (_workers == 1)
            {
                return false;
            }

            _left.Enqueue(index);
            _workers--;
            return true;
        }
    }
}
