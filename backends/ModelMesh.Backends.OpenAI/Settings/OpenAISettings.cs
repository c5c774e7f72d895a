using System.Text.Json;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.OpenAI.Settings;

/// <summary>A model's settings. Immutable.</summary>
/// <param name="Upstream">What every backend with an upstream has.</param>
/// <param name="Organization"><c>organization</c>: sent as <c>OpenAI-Organization</c>.</param>
/// <param name="Project"><c>project</c>: sent as <c>OpenAI-Project</c>.</param>
/// <param name="MaxTokensField"><c>max_tokens_field</c>: which field of the request carries <c>max_tokens</c>.</param>
internal sealed record OpenAISettings(UpstreamSettings Upstream, string? Organization, string? Project, MaxTokensField MaxTokensField)
{
    private const string OwnHost = "api.openai.com";
    private const string AzureHosts = ".openai.azure.com";

    private static readonly Uri DefaultEndpoint = new($"https://{OwnHost}/v1");

    /// <summary>Whether the upstream is OpenAI itself, and not one that speaks like it.</summary>
    public bool IsOpenAI => IsOwn(Upstream.Endpoint);

    /// <exception cref="BackendSettingsException">Lists every fault.</exception>
    public static OpenAISettings Read(BackendSettings settings, string type, IServiceProvider services)
    {
        var reader = settings.Reader();
        var upstream = UpstreamSettings.Read(reader, settings, type, services, DefaultEndpoint, ChatRequestWriter.Reserved);
        var insists = IsOwn(upstream.Endpoint) || upstream.Endpoint.IdnHost.EndsWith(AzureHosts, StringComparison.OrdinalIgnoreCase);
        var read = new OpenAISettings(
            upstream,
            Header(reader, "organization"),
            Header(reader, "project"),
            reader.Choice("max_tokens_field", insists ? MaxTokensField.MaxCompletionTokens : MaxTokensField.MaxTokens));

        // A key that is given, or configured, and leads nowhere is a fault already.
        var isTried = Has(settings, "api_key") || (!Has(settings, "endpoint") && Configured(services, type) is { Length: > 0 });
        if (read.IsOpenAI && upstream.ApiKey is null && !isTried)
        {
            reader.Fault("api_key", $"is required by {OwnHost}: a reference (env:NAME or file:/path), or a configured Backends:{type}:ApiKey and no endpoint");
        }

        reader.Done();
        return read;
    }

    private static bool IsOwn(Uri endpoint) =>
        endpoint.IdnHost.Equals(OwnHost, StringComparison.OrdinalIgnoreCase) || endpoint.IdnHost.EndsWith("." + OwnHost, StringComparison.OrdinalIgnoreCase);

    private static bool Has(BackendSettings settings, string field) =>
        settings.Values.ValueKind == JsonValueKind.Object && settings.Values.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string? Configured(IServiceProvider services, string type) =>
        (services.GetService(typeof(IConfiguration)) as IConfiguration)?[$"Backends:{type}:ApiKey"];

    private static string? Header(SettingsReader reader, string field)
    {
        var value = reader.Text(field);
        if (value is not null && (value.Length == 0 || value.Any(character => character is < '!' or > '~')))
        {
            reader.Fault(field, "must be an id, without spaces");
        }

        return value;
    }
}
