namespace ModelMesh.LocalHosting;

/// <summary>Which replicas new connections go to. All are in rotation until told otherwise. Thread-safe.</summary>
internal sealed class Rotation(int replicas)
{
    private readonly bool[] _isOut = new bool[replicas];

    /// <returns>True when that changed something.</returns>
    public bool Set(int replica, bool isHealthy) => Interlocked.Exchange(ref _isOut[replica], !isHealthy) == isHealthy;

    public IReadOnlyList<int> Order(uint turn) => Order([.. _isOut.Select(isOut => !isOut)], turn);

    /// <summary>
    /// The replicas to try for one connection:
    /// 1. those in rotation, beginning with the one whose turn it is;
    /// 2. where none is, all of them: one that fails its health check may answer, and no other can.
    /// </summary>
    internal static IReadOnlyList<int> Order(IReadOnlyList<bool> isIn, uint turn)
    {
        // 1.
        int[] candidates = [.. Enumerable.Range(0, isIn.Count).Where(replica => isIn[replica])];
        if (candidates.Length == 0)
        {
            // 2.
            candidates = [.. Enumerable.Range(0, isIn.Count)];
        }

        var first = (int)(turn % (uint)candidates.Length);
        return [.. candidates[first..], .. candidates[..first]];
    }
}
