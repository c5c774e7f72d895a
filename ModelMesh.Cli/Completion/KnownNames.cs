using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using System.Text.Json;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Completion;

/// <summary>Names that the registry knows, for completion. Where it does not answer at once there are none, and nobody is told: the user is typing.</summary>
internal sealed class KnownNames(GlobalOptions options, CliHost host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Names, and <c>name@version</c> once a name is there or has an <c>@</c>.</summary>
    public IEnumerable<CompletionItem> Models(CompletionContext context) => Ask(context, "models?limit=1000", body =>
    {
        var models = JsonSerializer.Deserialize(body, ApiJson.Default.ModelListView)?.Models ?? [];
        return models.Select(model => model.Name).Distinct(StringComparer.Ordinal).Concat(models.Select(model => model.Id));
    });

    /// <summary><c>name@version</c> alone.</summary>
    public IEnumerable<CompletionItem> Versions(CompletionContext context) => Ask(context, "models?limit=1000", body =>
        (JsonSerializer.Deserialize(body, ApiJson.Default.ModelListView)?.Models ?? []).Select(model => model.Id));

    /// <summary>Names alone.</summary>
    public IEnumerable<CompletionItem> Names(CompletionContext context) => Ask(context, "models?limit=1000", body =>
        (JsonSerializer.Deserialize(body, ApiJson.Default.ModelListView)?.Models ?? []).Select(model => model.Name).Distinct(StringComparer.Ordinal));

    /// <summary>The versions of the model that the command line names already.</summary>
    public Func<CompletionContext, IEnumerable<CompletionItem>> VersionsOf(Argument<string> model, string suffix = "") => context =>
        context.ParseResult.GetValue(model) is not { Length: > 0 } name ? [] : Ask(context, $"models/{Uri.EscapeDataString(name)}", body =>
            (JsonSerializer.Deserialize(body, ApiJson.Default.ModelListView)?.Models ?? []).Select(version => version.Version + suffix));

    public IEnumerable<CompletionItem> BackendTypes(CompletionContext context) => Ask(context, "backends", body =>
        (JsonSerializer.Deserialize(body, ApiJson.Default.BackendListView)?.Backends ?? []).Select(backend => backend.Type).OfType<string>());

    public IEnumerable<CompletionItem> RequestIds(CompletionContext context) => Ask(context, "requests?limit=1000", body =>
        (JsonSerializer.Deserialize(body, ApiJson.Default.RequestListView)?.Requests ?? []).Select(request => request.Id));

    // Completion is synchronous in System.CommandLine, so this call is.
    private IEnumerable<CompletionItem> Ask(CompletionContext context, string path, Func<string, IEnumerable<string>> read)
    {
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = Patience }) { BaseAddress = options.RegistryAddress(context.ParseResult, host), Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            using var response = client.Send(request);
            using var reader = new StreamReader(response.Content.ReadAsStream(), Encoding.UTF8);
            return response.IsSuccessStatusCode ? [.. read(reader.ReadToEnd()).Select(name => new CompletionItem(name))] : [];
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException or IOException or CommandFailure)
        {
            return [];
        }
    }
}
