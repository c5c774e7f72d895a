namespace ModelMesh.ServiceDefaults.Lifetimes;

/// <summary>Counts the users of something that ends with its last user. It starts with one. From zero it never rises again. Lock-free.</summary>
public sealed class UseCount
{
    private int _count = 1;

    /// <summary>How many users there are at this moment.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a user, or returns false when the last one has gone: whoever asks has to look for the successor.</summary>
    public bool TryAdd()
    {
        var count = Volatile.Read(ref _count);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref _count, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Takes a user away; true for the last.</summary>
    public bool Release() => Interlocked.Decrement(ref _count) == 0;
}
