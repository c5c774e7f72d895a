namespace ModelMesh.Registry.Rollouts;

/// <summary>How sure a share is that was seen in a few requests: the lower end of Wilson's score interval.</summary>
internal static class ErrorBound
{
    /// <summary>The least share, from 0 to 1, that would show <paramref name="hits"/> of <paramref name="all"/> other than by chance.</summary>
    /// <param name="hits">At most <paramref name="all"/>.</param>
    /// <param name="all">0 shows nothing.</param>
    /// <param name="deviations">How rare that chance is, in standard deviations.</param>
    public static double AtLeast(long hits, long all, double deviations)
    {
        if (all <= 0)
        {
            return 0;
        }

        var share = (double)hits / all;
        var square = deviations * deviations / all;
        return (share + (square / 2) - (deviations * Math.Sqrt((share * (1 - share) / all) + (square / (4 * all))))) / (1 + square);
    }
}
