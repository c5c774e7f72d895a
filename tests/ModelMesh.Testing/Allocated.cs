using Xunit;

namespace ModelMesh.Testing;

/// <summary>What a piece of code allocates on its own thread.</summary>
public static class Allocated
{
    private const int Times = 100_000;

    // The runtime gives a thread its memory in pieces of this size, and a collection, another test's among them, may count what is left of one.
    private const long Piece = 8 * 1024;

    /// <summary>Asserts that it costs no object, once it has run.</summary>
    public static void IsNothing(Action run)
    {
        run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            run();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Piece);
    }
}
