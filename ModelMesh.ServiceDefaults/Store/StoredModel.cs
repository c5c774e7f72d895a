using System.Globalization;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>
/// How the catalog's hash holds a model: a line of <c>revision draining created updated</c> (whole numbers; times in ms since 1970), then the
/// definition as JSON. The line goes on with <c>weight weight_revision</c> (0 where the weight was never set apart from the rest), and that weight counts; lines of older
/// versions may lack the two. The line is what scripts read and write; the JSON passes through them untouched, for a store's own JSON library would turn empty arrays into objects and round large numbers.
/// </summary>
public static class StoredModel
{
    /// <summary>The JSON part: the model less what the line says.</summary>
    public static string Definition(ModelVersion model) =>
        JsonSerializer.Serialize(model with { Revision = 0, WeightRevision = 0, Draining = false, CreatedAt = default, UpdatedAt = default }, CatalogJson.Default.ModelVersion);

    /// <summary>Whether the text is this model unchanged, told by its line alone.</summary>
    public static bool IsSame(string text, ModelVersion known)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = end < 0 ? [] : text[..end].Split(' ');
        return line.Length is 4 or 6
            && line[0] == known.Revision.ToString(CultureInfo.InvariantCulture)
            && (line.Length == 6 ? line[5] : "0") == known.WeightRevision.ToString(CultureInfo.InvariantCulture);
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
        if (line.Length is not (4 or 6) || !line.All(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return null;
        }

        try
        {
            var model = JsonSerializer.Deserialize(text.AsSpan(end + 1), CatalogJson.Default.ModelVersion);
            return model is null ? null : model with
            {
                Revision = Number(0),
                Weight = line.Length == 6 ? (int)Number(4) : model.Weight,
                WeightRevision = line.Length == 6 ? Number(5) : 0,
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
