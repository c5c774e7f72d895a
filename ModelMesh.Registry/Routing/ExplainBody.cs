using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Registry.Routing;

/// <summary>The body of <c>POST /rules/explain</c> as a pure function: what a request would say. Every field may be left out.</summary>
internal static class ExplainBody
{
    private const int MaxNameLength = 200;
    private const int MaxHashKeyLength = 1024;

    // The largest number below 1 that a double holds.
    private const double LargestRoll = 1 - (1.0 / (1L << 53));

    /// <param name="body">The request's.</param>
    /// <param name="now">The time of the request where the body gives none.</param>
    /// <param name="catalog">What a rule that is only tried may point to.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static (RoutingRequest Request, double? Roll, RoutingRule? Trial) Parse(ReadOnlyMemory<byte> body, DateTimeOffset now, CatalogSnapshot catalog)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var namesModel = fields.Has("model");
        var model = fields.Text("model", ModelReference.MaxLength);
        var version = NullIfEmpty(fields.Text("version", MaxNameLength));
        if (version is not null && (model is "" || !namesModel))
        {
            fields.Fault("version", "needs model beside it");
        }

        var headers = Texts(fields, "headers", StringComparer.OrdinalIgnoreCase);
        var request = new RoutingRequest
        {
            Model = model ?? "",
            IsReference = true,
            Version = version,
            HashKey = NullIfEmpty(fields.Text("hash_key", MaxHashKeyLength)),
            Demanded = fields.Names("capabilities"),
            Implied = fields.Names("implied_capabilities"),
            PromptLength = PromptLength(fields),
            UserTier = NullIfEmpty(fields.Text("user_tier", MaxNameLength)),
            Header = name => headers.GetValueOrDefault(name),
            Labels = Texts(fields, "labels", StringComparer.Ordinal),
            Metadata = Metadata(fields),
            Time = Time(fields) ?? now,
        };
        var roll = fields.Number("roll", 0, LargestRoll);
        var trial = TrialRule.Read(fields, faults, catalog);
        fields.RefuseTheRest();
        faults.ThrowIfAny();
        return (request, roll, trial);
    }

    private static Func<long> PromptLength(FieldReader fields)
    {
        var input = fields.Text("input", int.MaxValue);
        var length = fields.WholeNumber("prompt_length", 0, long.MaxValue) ?? input?.Length ?? 0;
        return () => length;
    }

    private static DateTimeOffset? Time(FieldReader fields)
    {
        if (!fields.TryTake("time", out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        fields.Fault("time", "must be a moment as 2026-03-01T13:45:00Z");
        return null;
    }

    private static JsonElement? Metadata(FieldReader fields)
    {
        if (fields.Section("metadata") is not { } section)
        {
            return null;
        }

        fields.CheckFreeForm("metadata", section);
        return section.Clone();
    }

    private static Dictionary<string, string> Texts(FieldReader fields, string name, StringComparer comparer)
    {
        var texts = new Dictionary<string, string>(comparer);
        if (fields.Section(name) is not { } section)
        {
            return texts;
        }

        foreach (var property in section.EnumerateObject())
        {
            if (JsonText.NameOf(property) is { } key && property.Value.ValueKind == JsonValueKind.String && JsonText.Of(property.Value) is { } text)
            {
                texts[key] = text;
            }
            else
            {
                fields.Fault(FieldPath.Join(name, JsonText.NameOf(property) ?? ""), "must be a string");
            }
        }

        return texts;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
