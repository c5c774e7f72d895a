using System.Globalization;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>
/// How the catalog's hash holds a model: a line of <c>revision draining created updated</c> (whole numbers; times in ms since 1970), then the
/// definition as JSON. The line is what scripts read and write; the JSON passes through them untouched, for a store's own JSON
/// library would turn empty arrays into objects and round large numbers.
/// </summary>
public static class StoredModel
{
    /// <summary>The JSON part: the model less what the line says.</summary>
    public static string Definition(ModelVersion model) =>
        JsonSerializer.Serialize(model with { Revision = 0, Draining = false, CreatedAt = default, UpdatedAt = default }, CatalogJson.Default.ModelVersion);

    /// <summary>The revision in the line, without reading the rest; 0 when the text is no stored model.</summary>
    public static long RevisionOf(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && long.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
    }

    /// <summary>The model, or null when the text is no stored model.</summary>
    public static ModelVersion? Parse(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var line = text[..end].Split(' ');
        if (line.Length != 4 || !line.All(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return null;
        }

        try
        {
            var model = JsonSerializer.Deserialize(text.AsSpan(end + 1), CatalogJson.Default.ModelVersion);
            return model is null ? null : model with
            {
                Revision = Number(0),
                Draining = Number(1) != 0,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Number(2)),
                UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Number(3)),
            };
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            // Not JSON, or not a model, or a time that no calendar has.
            return null;
        }

        long Number(int index) => long.Parse(line[index], CultureInfo.InvariantCulture);
    }
}
