namespace ModelMesh.Registry.Shadows;

/// <summary>Numbers as operators see them; null where there is nothing to divide by.</summary>
internal static class Rates
{
    /// <summary>From 0 to 1, to four places.</summary>
    public static double? Of(long part, long whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);

    public static double? Average(long sum, long count) => count == 0 ? null : Math.Round((double)sum / count, 1);

    public static double? Tenths(double? value) => value is { } known ? Math.Round(known, 1) : null;
}
