namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>A sum that many threads add to, and that can be closed for good.</summary>
internal struct AtomicSum
{
    // A NaN that no arithmetic makes; sums take no NaN.
    private const long Closed = 0x7FF8_4D45_5348_0001;
    private long _bits;

    public readonly double Value => BitConverter.Int64BitsToDouble(Volatile.Read(in _bits));

    /// <returns>False when it is closed.</returns>
    public bool TryAdd(double value)
    {
        var seen = Volatile.Read(ref _bits);
        while (seen != Closed)
        {
            var before = Interlocked.CompareExchange(ref _bits, BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(seen) + value), seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <summary>Unless it has moved on from a value.</summary>
    public bool TryClose(double at)
    {
        var bits = BitConverter.DoubleToInt64Bits(at);
        return Interlocked.CompareExchange(ref _bits, Closed, bits) == bits;
    }
}
