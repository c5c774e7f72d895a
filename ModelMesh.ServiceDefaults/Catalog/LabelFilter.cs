namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>A label as a list's parameter names it: <c>key</c>, <c>key=value</c> or <c>key:value</c>. Pure.</summary>
public static class LabelFilter
{
    // A key may hold either sign itself, so every split is tried.
    public static bool Matches(KeyValuePair<string, string> label, string wanted) =>
        wanted.StartsWith(label.Key, StringComparison.Ordinal)
        && (wanted.Length == label.Key.Length || (wanted[label.Key.Length] is '=' or ':' && wanted.AsSpan(label.Key.Length + 1).SequenceEqual(label.Value)));
}
