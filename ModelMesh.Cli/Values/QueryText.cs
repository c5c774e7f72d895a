namespace ModelMesh.Cli.Values;

/// <summary>The query of a URL, encoded; what is null is left out.</summary>
internal static class QueryText
{
    public static string Of(IEnumerable<(string Name, string? Value)> fields)
    {
        var given = fields.Where(field => field.Value is not null).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}").ToArray();
        return given.Length == 0 ? "" : $"?{string.Join('&', given)}";
    }
}
