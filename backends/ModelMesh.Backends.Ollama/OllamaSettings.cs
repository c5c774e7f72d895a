using System.Text.Json;
using System.Text.RegularExpressions;
using ModelMesh.Backends.Ollama.Pulling;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.Ollama;

/// <summary>What an Ollama model is made from, read from its <c>backend</c> object.</summary>
internal sealed partial record OllamaSettings(UpstreamSettings Upstream)
{
    /// <summary>Fields of a chat's body that are the mesh's own.</summary>
    public static readonly IReadOnlyList<string> Reserved = ["model", "messages", "stream"];

    private static readonly Uri BuiltInEndpoint = new("http://localhost:11434");
    private static readonly string[] ThinkLevels = ["low", "medium", "high", "max"];

    /// <summary><c>options</c>: merged into the request's <c>options</c>; what a request says itself wins.</summary>
    public JsonElement? Options { get; init; }

    /// <summary><c>keep_alive</c>: how long the model stays loaded after a request: a duration (<c>10m</c>) or seconds; negative is for ever.</summary>
    public JsonElement? KeepAlive { get; init; }

    /// <summary><c>think</c>: what a request without <c>reasoning_effort</c> asks for: true, false, or a level.</summary>
    public JsonElement? Think { get; init; }

    /// <summary><c>pull</c>: whether a model that the server does not have is downloaded.</summary>
    public PullPolicy Pull { get; init; }

    /// <summary>The server's name of the model.</summary>
    public string Model => Upstream.Model;

    /// <summary><c>extra</c> without <c>options</c>, which is merged where it belongs.</summary>
    public JsonElement? Extra => Upstream.Extra;

    /// <summary><c>extra.options</c>.</summary>
    public JsonElement? ExtraOptions => Upstream.Extra is { } extra && extra.TryGetProperty("options", out var options) ? options : null;

    /// <exception cref="BackendSettingsException">Lists every fault.</exception>
    public static OllamaSettings Read(BackendSettings settings, IServiceProvider services)
    {
        var reader = settings.Reader();
        var upstream = UpstreamSettings.Read(reader, settings, "ollama", services, BuiltInEndpoint, Reserved);
        if (upstream.Endpoint.AbsolutePath.TrimEnd('/').EndsWith("/api", StringComparison.Ordinal))
        {
            reader.Fault("endpoint", "must be the server's address, without /api");
        }

        if (upstream.Extra is { } extra && extra.TryGetProperty("options", out var options) && options.ValueKind != JsonValueKind.Object)
        {
            reader.Fault("extra.options", "must be an object");
        }

        var ollama = new OllamaSettings(upstream)
        {
            Options = reader.Section("options"),
            KeepAlive = ReadKeepAlive(reader, settings),
            Think = ReadThink(reader, settings),
            Pull = reader.Choice("pull", PullPolicy.Never),
        };
        reader.Done();
        return ollama;
    }

    /// <summary>An address of the server's API.</summary>
    public Uri Api(string path) => Upstream.BesideV1($"api/{path}");

    private static JsonElement? ReadKeepAlive(SettingsReader reader, BackendSettings settings)
    {
        if (Find(settings, "keep_alive") is not { ValueKind: JsonValueKind.String } value)
        {
            reader.WholeNumber("keep_alive", min: int.MinValue);
            return Find(settings, "keep_alive");
        }

        if (!Duration().IsMatch(reader.Text("keep_alive", "")))
        {
            reader.Fault("keep_alive", "must be a duration as 30s, 10m or 1h30m, or a whole number of seconds");
        }

        return value;
    }

    private static JsonElement? ReadThink(SettingsReader reader, BackendSettings settings)
    {
        if (Find(settings, "think") is not { ValueKind: JsonValueKind.String } value)
        {
            reader.Flag("think");
            return Find(settings, "think");
        }

        if (!ThinkLevels.Contains(reader.Text("think", ""), StringComparer.Ordinal))
        {
            reader.Fault("think", $"must be true, false or one of {string.Join(", ", ThinkLevels)}");
        }

        return value;
    }

    private static JsonElement? Find(BackendSettings settings, string field) =>
        settings.Values.ValueKind == JsonValueKind.Object && settings.Values.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // Go's durations, which Ollama reads.
    [GeneratedRegex(@"^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Duration();
}
