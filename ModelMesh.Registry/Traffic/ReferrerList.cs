using System.Globalization;

namespace ModelMesh.Registry.Traffic;

/// <summary>Who refers to something.</summary>
/// <param name="Count">How many entries do.</param>
/// <param name="First">The ids of the first ten of them, sorted: enough to see what is to be changed first.</param>
internal sealed record ReferrerList(int Count, IReadOnlyList<string> First)
{
    private const int MostNamed = 10;

    public static ReferrerList None { get; } = new(0, []);

    public static ReferrerList Of(IEnumerable<string> ids)
    {
        var sorted = ids.Order(StringComparer.Ordinal).ToList();
        return new ReferrerList(sorted.Count, [.. sorted.Take(MostNamed)]);
    }

    /// <summary>As scripts tell it: how many, then the first.</summary>
    public static ReferrerList Read(IReadOnlyList<string> told) => new(int.Parse(told[0], CultureInfo.InvariantCulture), [.. told.Skip(1)]);
}
