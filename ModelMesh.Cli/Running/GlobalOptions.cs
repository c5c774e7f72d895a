using System.CommandLine;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Running;

/// <summary>The options that every command takes. What the command line leaves out is the environment's.</summary>
internal sealed class GlobalOptions
{
    public const string DefaultRegistry = "http://localhost:8081";
    public const string DefaultGateway = "http://localhost:8080";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    public Option<string?> Registry { get; } = new("--registry")
    {
        Description = $"The registry's address; else MESH_REGISTRY, else {DefaultRegistry}", HelpName = "URL", Recursive = true,
    };

    public Option<string?> Gateway { get; } = new("--gateway")
    {
        Description = $"The gateway's address; else MESH_GATEWAY, else {DefaultGateway}", HelpName = "URL", Recursive = true,
    };

    public Option<string?> ApiKey { get; } = new("--api-key")
    {
        Description = "The API key that the gateway is shown; else MESH_API_KEY, which other users of the machine cannot read", HelpName = "KEY", Recursive = true,
    };

    public Option<string?> Timeout { get; } = new("--timeout")
    {
        Description = "How long an answer of the registry may take, as 500ms, 10s or 2m; 10s. Streams have none", HelpName = "TIME", Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print the API's JSON and nothing else; streams line by line; errors as their body, to stderr", Recursive = true,
    };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours; NO_COLOR does the same", Recursive = true };

    public IEnumerable<Option> All => [Registry, Gateway, ApiKey, Timeout, Json, NoColor];

    public Uri RegistryAddress(ParseResult arguments, CliHost host) => Address(arguments, host, Registry, "MESH_REGISTRY", DefaultRegistry);

    public Uri GatewayAddress(ParseResult arguments, CliHost host) => Address(arguments, host, Gateway, "MESH_GATEWAY", DefaultGateway);

    public string? Key(ParseResult arguments, CliHost host) => Text(arguments.GetValue(ApiKey)) ?? Text(host.Variable("MESH_API_KEY"));

    public TimeSpan AnswerTimeout(ParseResult arguments) => arguments.GetValue(Timeout) is { } text ? Durations.Parse("--timeout", text) : DefaultTimeout;

    public bool HasColor(ParseResult arguments, CliHost host) => !arguments.GetValue(NoColor) && Text(host.Variable("NO_COLOR")) is null;

    private static Uri Address(ParseResult arguments, CliHost host, Option<string?> option, string variable, string fallback)
    {
        var given = Text(arguments.GetValue(option));
        var text = given ?? Text(host.Variable(variable)) ?? fallback;
        return Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw CommandFailure.Usage($"{(given is null ? variable : option.Name)} must be an absolute http or https URL, not '{text}'.");
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
