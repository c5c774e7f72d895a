namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>Whose figures to show, given what was known and what the store shows now. Pure.</summary>
internal static class FigureKeep
{
    /// <remarks>
    /// 1. What the store shows of a live instance is shown.
    /// 2. While the store is only just back, what was known of a live instance stays: figures expired while it was away.
    /// 3. All else goes: figures expire with the instance that wrote them.
    /// </remarks>
    /// <returns>Ordered by instance id.</returns>
    public static IReadOnlyList<InstanceFigures> Next(IReadOnlyList<InstanceFigures> known, IReadOnlyList<InstanceFigures> shown, IReadOnlyCollection<string> live, bool storeIsFresh)
    {
        // 1.
        var next = shown.ToDictionary(figures => figures.Instance, StringComparer.Ordinal);

        // 2. and 3.
        foreach (var figures in known.Where(figures => storeIsFresh && live.Contains(figures.Instance, StringComparer.Ordinal)))
        {
            next.TryAdd(figures.Instance, figures);
        }

        return [.. next.Values.OrderBy(figures => figures.Instance, StringComparer.Ordinal)];
    }
}
