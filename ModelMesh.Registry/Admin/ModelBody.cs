using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Admin;

/// <summary>A parsed body: the model it means, as far as it could be read, and everything that is wrong with it.</summary>
/// <param name="Model">May be used when there are no faults.</param>
/// <param name="Faults">To which a plugin's own may be added.</param>
/// <param name="BackendIsReadable">Whether type and settings of the backend can be given to a plugin for its own faults.</param>
/// <param name="WeightIsGiven">Whether the weight was said, as against left to its default.</param>
internal sealed record ModelBody(ModelVersion Model, FaultList Faults, bool BackendIsReadable, bool WeightIsGiven);

/// <summary>Reads the body of a registration or an update. Absent fields take their defaults, and null is absent; nothing else is forgiven.</summary>
internal static class ModelBodyParser
{
    private const int MostWeight = 1_000_000;
    private const int MostQueue = 100_000;
    private const double MostCost = 1e12;
    private const int LongestType = 200;
    private const string MockType = "mock";

    private static readonly TimeSpan ShortestQueueTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestQueueTimeout = TimeSpan.FromHours(1);

    private static readonly string[] ReadOnlyFields = ["status", "status_reason", "revision", "active", "queued", "draining", "created_at", "updated_at"];

    /// <param name="body">The body as it came.</param>
    /// <param name="path">What the path names, for an update: the body may leave out name and version, or repeat them. Null for a registration.</param>
    /// <exception cref="MeshException"><c>invalid_request</c> when the body is no JSON object.</exception>
    public static ModelBody Parse(ReadOnlyMemory<byte> body, ModelId? path)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var defaults = new ModelVersion { Name = "", Version = "", BackendType = "" };
        var name = fields.Name("name", path?.Name);
        var version = fields.Name("version", path?.Version);
        var backendType = fields.RequiredText("backend_type", LongestType);
        var hasBackend = fields.Has("backend");
        var backend = fields.Section("backend");
        var backendIsSound = backend is { } settings ? IsSound(settings, faults) : !hasBackend;
        var weightIsGiven = fields.Has("weight");
        CheckMock(fields, backendType);
        var model = defaults with
        {
            Name = name,
            Version = version,
            BackendType = backendType,
            Backend = backend?.Clone() ?? defaults.Backend,
            MaxConcurrency = WholeNumber(fields, "max_concurrency", defaults.MaxConcurrency, min: 1, max: int.MaxValue),
            Weight = WholeNumber(fields, "weight", defaults.Weight, min: 0, max: MostWeight),
            Shadow = fields.Flag("shadow") ?? defaults.Shadow,
            Capabilities = fields.Names("capabilities"),
            Labels = fields.Labels("labels"),
            Adapters = fields.Names("adapters"),
            Timeouts = Timeouts(fields.Section("timeouts"), defaults.Timeouts, faults),
            MaxQueue = WholeNumber(fields, "max_queue", defaults.MaxQueue, min: 0, max: MostQueue),
            QueueTimeoutMs = (int)(fields.Duration("queue_timeout", ShortestQueueTimeout, LongestQueueTimeout)?.TotalMilliseconds ?? defaults.QueueTimeoutMs),
            ShadowSample = fields.Number("shadow_sample", 0, 100) ?? defaults.ShadowSample,
            Backends = fields.Endpoints("backends", faults),
            Balancing = fields.OneOf("balancing", BalancingPolicies.All) ?? defaults.Balancing,
            Resilience = fields.Resilience("resilience", faults),
            Cache = fields.Cache("cache", faults),
            Cost = fields.Number("cost", 0, MostCost) ?? defaults.Cost,
        };
        if (model.Backends.Count > 0 && backend is { } named && named.TryGetProperty("endpoint", out _))
        {
            faults.Add("backend.endpoint", "must be left out where backends are given: each has its own");
        }

        fields.RefuseReadOnly(ReadOnlyFields);
        fields.RefuseTheRest();
        return new ModelBody(model, faults, backendIsSound && backendType.Length > 0 && !faults.Names("backend.endpoint"), weightIsGiven);
    }

    private static int WholeNumber(FieldReader fields, string field, int fallback, int min, int max) => (int)(fields.WholeNumber(field, min, max) ?? fallback);

    // An older way to say backend_type, still sent by clients; it must not say something else.
    private static void CheckMock(FieldReader fields, string backendType)
    {
        if (fields.Flag("mock") is { } mock && backendType.Length > 0 && mock != (backendType is MockType))
        {
            fields.Fault("mock", mock ? $"must not be true when backend_type is '{backendType}'" : "must not be false when backend_type is 'mock'");
        }
    }

    private static bool IsSound(JsonElement backend, FaultList faults)
    {
        if (!FreeForm.IsSound(backend, "backend", faults))
        {
            return false;
        }

        SecretRules.Check(backend, "backend", faults);
        return true;
    }

    private static ModelTimeouts Timeouts(JsonElement? section, ModelTimeouts defaults, FaultList faults)
    {
        if (section is not { } source)
        {
            return defaults;
        }

        var fields = new FieldReader(source, "timeouts", faults);
        var timeouts = new ModelTimeouts
        {
            FirstTokenMs = WholeNumber(fields, "first_token_ms", defaults.FirstTokenMs, min: 1, max: int.MaxValue),
            IdleMs = WholeNumber(fields, "idle_ms", defaults.IdleMs, min: 1, max: int.MaxValue),
        };
        fields.RefuseTheRest();
        return timeouts;
    }
}
