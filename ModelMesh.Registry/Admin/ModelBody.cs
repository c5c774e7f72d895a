using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Admin;

/// <summary>A parsed body: the model it means, as far as it could be read, and everything that is wrong with it.</summary>
/// <param name="Model">Null when the body is no JSON object.</param>
/// <param name="Faults">Empty when the model may be used.</param>
/// <param name="BackendIsReadable">Whether type and settings of the backend can be given to a plugin for its own faults.</param>
internal sealed record ModelBody(ModelVersion? Model, IReadOnlyList<ErrorDetail> Faults, bool BackendIsReadable);

/// <summary>Reads the body of a registration or an update. Absent fields take their defaults; nothing else is forgiven.</summary>
internal static class ModelBodyParser
{
    private const int MostWeight = 1_000_000;
    private const string MockType = "mock";

    private static readonly string[] ReadOnlyFields = ["status", "status_reason", "revision", "active", "draining", "created_at", "updated_at"];

    /// <param name="body">The body as it came.</param>
    /// <param name="path">What the path names, for an update: the body may leave out name and version, or repeat them. Null for a registration.</param>
    public static ModelBody Parse(ReadOnlyMemory<byte> body, ModelId? path)
    {
        var faults = new List<ErrorDetail>();
        if (JsonFaults.Parse(body, faults) is not { } root)
        {
            return new ModelBody(null, faults, BackendIsReadable: false);
        }

        var reader = new FieldReader(root, "", faults);
        var defaults = new ModelVersion { Name = "", Version = "", BackendType = "" };
        var name = Name(reader, "name", path?.Name);
        var version = Name(reader, "version", path?.Version);
        var backendType = Required(reader, "backend_type");
        var backend = reader.Section("backend");
        var backendIsReadable = backendType.Length > 0 && (backend is not null || !reader.Has("backend"));
        CheckMock(reader, backendType);
        CheckSecret(backend, faults);
        var model = defaults with
        {
            Name = name,
            Version = version,
            BackendType = backendType,
            Backend = backend ?? defaults.Backend,
            MaxConcurrency = reader.WholeNumber("max_concurrency", defaults.MaxConcurrency, min: 1, max: int.MaxValue),
            Weight = reader.WholeNumber("weight", defaults.Weight, min: 0, max: MostWeight),
            Shadow = reader.Flag("shadow") ?? defaults.Shadow,
            Capabilities = reader.Names("capabilities"),
            Labels = reader.Labels("labels"),
            Adapters = reader.Names("adapters"),
            Timeouts = Timeouts(reader.Section("timeouts"), defaults.Timeouts, faults),
        };
        reader.Done(ReadOnlyFields);
        return new ModelBody(model, faults, backendIsReadable);
    }

    private static string Name(FieldReader reader, string field, string? inPath)
    {
        if (inPath is not null && !reader.Has(field))
        {
            return inPath;
        }

        var name = Required(reader, field);
        if (name.Length > 0 && NameRules.Fault(name) is { } fault)
        {
            reader.Fault(field, fault);
        }
        else if (name.Length > 0 && inPath is not null && !string.Equals(name, inPath, StringComparison.Ordinal))
        {
            reader.Fault(field, $"must be '{inPath}' as in the path, or be left out");
        }

        return name;
    }

    private static string Required(FieldReader reader, string field)
    {
        if (!reader.Has(field))
        {
            reader.Fault(field, "is required");
        }

        var text = reader.Text(field);
        if (text is { Length: 0 })
        {
            reader.Fault(field, "must not be empty");
        }

        return text ?? "";
    }

    // An older way to say backend_type, still sent by clients; it must not say something else.
    private static void CheckMock(FieldReader reader, string backendType)
    {
        if (reader.Flag("mock") is { } mock && backendType.Length > 0 && mock != (backendType is MockType))
        {
            reader.Fault("mock", mock ? $"must not be true when backend_type is '{backendType}'" : "must not be false when backend_type is 'mock'");
        }
    }

    // The value is not repeated: it may be the secret itself.
    private static void CheckSecret(JsonElement? backend, List<ErrorDetail> faults)
    {
        if (backend is { } settings && settings.TryGetProperty("api_key", out var key) && key.ValueKind != JsonValueKind.Null
            && !(key.ValueKind == JsonValueKind.String && IsReference(key.GetString()!)))
        {
            faults.Add(new ErrorDetail("backend.api_key", "must be a reference, env:NAME or file:/path; secrets themselves are not stored"));
        }
    }

    private static bool IsReference(string text) =>
        (text.StartsWith("env:", StringComparison.Ordinal) && text.Length > "env:".Length) || text.StartsWith("file:/", StringComparison.Ordinal);

    private static ModelTimeouts Timeouts(JsonElement? section, ModelTimeouts defaults, List<ErrorDetail> faults)
    {
        if (section is not { } source)
        {
            return defaults;
        }

        var reader = new FieldReader(source, "timeouts", faults);
        var timeouts = new ModelTimeouts
        {
            FirstTokenMs = reader.WholeNumber("first_token_ms", defaults.FirstTokenMs, min: 1, max: int.MaxValue),
            IdleMs = reader.WholeNumber("idle_ms", defaults.IdleMs, min: 1, max: int.MaxValue),
        };
        reader.Done([]);
        return timeouts;
    }
}
