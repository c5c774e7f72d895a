using System.Collections.Frozen;
using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>What routing sees of a request. Not a record: metadata and headers must not be printable by accident.</summary>
public sealed class RoutingRequest
{
    // Each sign that may part a name is a reading more. No real name has as many.
    private const int MaxReadings = 64;

    /// <summary>The model's name or an alias, or a reference to one; empty: none was named.</summary>
    public string Model { get; init; } = "";

    /// <summary>Whether <see cref="Model"/> may also be <c>name@version</c> or <c>name:adapter</c>.</summary>
    public bool IsReference { get; init; }

    /// <summary>A tag that an API's clients add to a name without one, as <c>:latest</c>: where a reference that ends with it is not known, it is read without it.</summary>
    public string? DefaultTag { get; init; }

    public string? Version { get; init; }

    /// <summary>Requests with one key go one way, as far as weights allow.</summary>
    public string? HashKey { get; init; }

    /// <summary>Capabilities that the client demanded in so many words: a model without one of them is not taken for a request that names none.</summary>
    public IReadOnlyList<string> Demanded { get; init; } = [];

    /// <summary>Capabilities that follow from what the request holds, as <c>tools</c>. They count as far as operators name them.</summary>
    public IReadOnlyList<string> Implied { get; init; } = [];

    /// <summary>Counts the characters of all texts that the model is to read; asked by conditions on it alone. Null: there are none.</summary>
    public Func<long>? PromptLength { get; init; }

    public string? UserTier { get; init; }

    /// <summary>A header's value by its name, in any case of letters; null where it was not sent. Null itself: none was.</summary>
    public Func<string, string?>? Header { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>An object; null where there is none.</summary>
    public JsonElement? Metadata { get; init; }

    public DateTimeOffset Time { get; init; }

    /// <summary>All ways to read <see cref="Model"/>, which is not empty; the first that the catalog knows counts.</summary>
    public IEnumerable<ModelReference> Readings()
    {
        if (!IsReference)
        {
            return [new ModelReference(Model, Version, "")];
        }

        var readings = ModelReference.Readings(Model).Take(MaxReadings);
        if (WithoutTag is { } name)
        {
            readings = readings.Concat(ModelReference.Readings(name).Take(MaxReadings));
        }

        // A version that is given beside the reference is the version: what else the reference says can only be an adapter.
        return Version is not { } version ? readings : readings.Where(reading => reading.Version is null).Select(reading => reading with { Version = version });
    }

    /// <summary>What rules see as <c>model</c> where the catalog knows nothing of it.</summary>
    internal string UnknownName => WithoutTag ?? Model;

    private string? WithoutTag => DefaultTag is { } tag && Model.Length > tag.Length && Model.EndsWith(tag, StringComparison.Ordinal) ? Model[..^tag.Length] : null;
}
