namespace ModelMesh.Registry.Ui.Models;

/// <summary>
/// What the list shows of all models. Pure.
/// 1. Versions that the filters leave; a model without any is left out.
/// 2. Models in the order asked for, by name where that says nothing.
/// 3. The first of them, as many as the page asks for.
/// </summary>
/// <param name="Groups">What is shown.</param>
/// <param name="Models">How many models the filters leave.</param>
/// <param name="Versions">How many versions the filters leave.</param>
internal sealed record ListSelection(IReadOnlyList<ModelGroup> Groups, int Models, int Versions)
{
    private static readonly string[] WorstFirst = ["failed", "pending", "loading", "draining", "ready"];

    public static ListSelection Of(IReadOnlyList<ModelGroup> all, ListQuery query)
    {
        // 1.
        var words = query.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var left = all
            .Select(group => query.IsFiltered ? group with { Rows = [.. group.Rows.Where(row => Fits(row, query, words))] } : group)
            .Where(group => group.Rows.Count > 0)
            .ToList();

        // 2. and 3.
        return new ListSelection([.. InOrder(left, query.Sort).Take(query.Show)], left.Count, left.Sum(group => group.Rows.Count));
    }

    private static bool Fits(ModelRow row, ListQuery query, string[] words) =>
        (query.BackendType.Length == 0 || row.Model.BackendType == query.BackendType)
        && (query.Status.Length == 0 || row.Live.Status == query.Status || (query.Status == "unhealthy" && row.Live.Health == query.Status))
        && Array.TrueForAll(words, word => Texts(row).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Texts(ModelRow row) =>
    [
        row.Model.Name,
        row.Model.Version,
        row.Model.BackendType,
        row.Live.Status,
        .. row.Model.Shadow ? ["shadow"] : Array.Empty<string>(),
        .. row.Model.Capabilities,
        .. row.Model.Adapters,
        .. row.Model.Labels.Select(label => $"{label.Key}={label.Value}"),
    ];

    private static IEnumerable<ModelGroup> InOrder(List<ModelGroup> groups, string sort) => sort switch
    {
        "status" => groups.OrderBy(group => group.Rows.Min(row => Trouble(row.Live))),
        "active" => groups.OrderByDescending(group => group.Rows.Sum(row => row.Live.Active)),
        "fill" => groups.OrderByDescending(group => group.Rows.Max(row => (double)row.Live.Active / row.Model.MaxConcurrency)),
        "speed" => groups.OrderBy(group => group.Rows.Min(row => row.Live.Speed ?? double.MaxValue)),
        "first_token" => groups.OrderByDescending(group => group.Rows.Max(row => row.Live.FirstTokenMs ?? -1)),
        "updated" => groups.OrderByDescending(group => group.Rows.Max(row => Math.Max(row.Model.Revision, row.Model.WeightRevision))),
        _ => groups,
    };

    private static int Trouble(ModelLive live) => live.Status is "ready" && live.Health is "unhealthy" ? 0 : Array.IndexOf(WorstFirst, live.Status);
}
