using System.Text.Json;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Settings;

/// <summary>The settings that every backend with an upstream has: <c>endpoint</c>, <c>model</c>, <c>api_key</c> and <c>extra</c>. Immutable.</summary>
/// <param name="Endpoint">The upstream's address, absolute, http or https.</param>
/// <param name="Model">What the upstream calls the model.</param>
/// <param name="ApiKey">The key to send, resolved; null sends none.</param>
/// <param name="Extra">Fields merged into every request, an object; null for none.</param>
public sealed record UpstreamSettings(Uri Endpoint, string Model, string? ApiKey, JsonElement? Extra)
{
    private const string EndpointField = "endpoint";
    private const string KeyField = "api_key";

    /// <summary>
    /// Reads the fields and what configuration has in their place: <c>Backends:{type}:Endpoint</c> and <c>Backends:{type}:ApiKey</c> (a key, or a reference to one).
    /// The configured key goes to the configured endpoint only, or to the built-in one; a model that names an endpoint names its own key.
    /// Faults are left to <see cref="SettingsReader.Done"/>, so a result is only to be used after that.
    /// </summary>
    /// <param name="reader">The model's settings; the plugin reads its own fields from it, too, and calls <see cref="SettingsReader.Done"/>.</param>
    /// <param name="settings">The same settings.</param>
    /// <param name="type">The plugin's type.</param>
    /// <param name="services">The host's services.</param>
    /// <param name="builtIn">The type's own default endpoint; null where it has none.</param>
    /// <param name="reservedExtra">Fields that <c>extra</c> may not hold, since the mesh sets them.</param>
    public static UpstreamSettings Read(
        SettingsReader reader, BackendSettings settings, string type, IServiceProvider services, Uri? builtIn, IReadOnlyCollection<string> reservedExtra)
    {
        var configured = (services.GetService(typeof(IConfiguration)) as IConfiguration)?.GetSection($"Backends:{type}");
        var named = reader.Endpoint(EndpointField);
        var endpoint = named ?? ConfiguredEndpoint(reader, configured) ?? builtIn;
        if (endpoint is null)
        {
            reader.Fault(EndpointField, $"is required, since no Backends:{type}:Endpoint is configured");
        }
        else if (endpoint.UserInfo.Length > 0 || endpoint.Fragment.Length > 0)
        {
            reader.Fault(EndpointField, "must hold neither credentials (give api_key a reference) nor a fragment");
        }

        var model = reader.Text("model", settings.ModelName);
        if (model.Length == 0)
        {
            reader.Fault("model", "must not be empty");
        }

        var ownKey = reader.Secret(KeyField);
        var isNamed = HasField(settings, EndpointField);
        var key = HasField(settings, KeyField) ? ownKey : isNamed ? null : ConfiguredKey(reader, settings, configured);
        if (key is not null && (key.Length == 0 || key.Any(character => character is < '!' or > '~')))
        {
            reader.Fault(KeyField, "leads to a secret that is empty or holds characters that no HTTP header may carry");
        }

        return new UpstreamSettings(endpoint ?? new Uri("http://localhost"), model, key, ReadExtra(reader, reservedExtra));
    }

    /// <summary>An address below the endpoint: its path continued, its query kept.</summary>
    public Uri Below(string path) => Combine(Endpoint.AbsolutePath, path);

    /// <summary>An address at the endpoint's server: what servers have beside their <c>/v1</c>. The endpoint's path is kept up to that, as behind a proxy.</summary>
    public Uri BesideV1(string path)
    {
        var own = Endpoint.AbsolutePath.TrimEnd('/');
        return Combine(own.EndsWith("/v1", StringComparison.Ordinal) ? own[..^"/v1".Length] : own, path);
    }

    /// <summary>Names the upstream's model only: the rest may hold what should not be logged.</summary>
    public override string ToString() => Model;

    private Uri Combine(string own, string path) => new UriBuilder(Endpoint) { Path = $"{own.TrimEnd('/')}/{path}" }.Uri;

    private static Uri? ConfiguredEndpoint(SettingsReader reader, IConfigurationSection? configured)
    {
        if (configured?["Endpoint"] is not { Length: > 0 } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return uri;
        }

        reader.Fault(EndpointField, $"is not given, and the configured {configured.Path}:Endpoint is no absolute http or https URL");
        return null;
    }

    private static string? ConfiguredKey(SettingsReader reader, BackendSettings settings, IConfigurationSection? configured)
    {
        if (configured?["ApiKey"] is not { Length: > 0 } value)
        {
            return null;
        }

        if (!value.StartsWith("env:", StringComparison.Ordinal) && !value.StartsWith("file:", StringComparison.Ordinal))
        {
            return value;
        }

        try
        {
            return settings.ResolveSecret(value);
        }
        catch (FormatException exception)
        {
            reader.Fault(KeyField, $"is not given, and the configured {configured.Path}:ApiKey {exception.Message}");
            return null;
        }
    }

    private static JsonElement? ReadExtra(SettingsReader reader, IReadOnlyCollection<string> reserved)
    {
        var extra = reader.Section("extra");
        foreach (var property in extra?.EnumerateObject().Where(property => reserved.Contains(property.Name, StringComparer.Ordinal)) ?? [])
        {
            reader.Fault($"extra.{property.Name}", "is set by the mesh");
        }

        return extra;
    }

    private static bool HasField(BackendSettings settings, string field) =>
        settings.Values.ValueKind == JsonValueKind.Object && settings.Values.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;
}
