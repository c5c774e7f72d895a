using System.Globalization;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>What the address says of the list: what to show of it, and in which order. Anything that means nothing is left out.</summary>
/// <param name="Text">Words that each have to occur in a version's name, version, type, status, labels or capabilities.</param>
/// <param name="Status">One of the statuses, or <c>unhealthy</c>; empty: any.</param>
/// <param name="BackendType">Empty: any.</param>
/// <param name="Sort">One of <see cref="Sorts"/>.</param>
/// <param name="Show">How many models at most.</param>
public sealed record ListQuery(string Text, string Status, string BackendType, string Sort, int Show)
{
    public const int Window = 50;
    private const int Most = 10_000;

    /// <summary>By what the list can be in order, and what people read.</summary>
    public static IReadOnlyList<(string Name, string Text)> Sorts { get; } =
    [
        ("name", "Name"),
        ("status", "Trouble first"),
        ("active", "Most in flight"),
        ("fill", "Fullest"),
        ("speed", "Slowest tokens"),
        ("first_token", "Slowest first token"),
        ("updated", "Last changed"),
    ];

    public bool IsFiltered => Text.Length + Status.Length + BackendType.Length > 0;

    public static ListQuery Read(IQueryCollection query)
    {
        var sort = query["sort"].ToString();
        return new ListQuery(
            query["q"].ToString().Trim(),
            query["status"].ToString(),
            query["type"].ToString(),
            Sorts.Any(known => known.Name == sort) ? sort : Sorts[0].Name,
            int.TryParse(query["show"], NumberStyles.None, CultureInfo.InvariantCulture, out var show) && show > 0 ? Math.Min(show, Most) : Window);
    }

    /// <summary>The address of the same list with more in it.</summary>
    public string More(int show)
    {
        var query = new QueryString();
        foreach (var (name, value) in new[] { ("q", Text), ("status", Status), ("type", BackendType), ("sort", Sort == Sorts[0].Name ? "" : Sort) })
        {
            query = value.Length > 0 ? query.Add(name, value) : query;
        }

        return "/ui/models" + query.Add("show", show.ToString(CultureInfo.InvariantCulture));
    }
}
