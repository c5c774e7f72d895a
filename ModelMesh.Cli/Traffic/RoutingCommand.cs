using System.CommandLine;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh routing</c>: shows the defaults and fallbacks, or replaces them whole.</summary>
internal sealed class RoutingCommand : ActingCommand
{
    private readonly Option<string?> _file;

    public RoutingCommand()
        : base("routing", "Where requests go that nothing else routes, and what stands in for a model; shows it, or sets it from a file", "mesh routing", "mesh routing -f routing.json") =>
        _file = With(CommonOptions.File("The whole as the API takes it, {\"default\",\"fallbacks\",\"model_fallbacks\"}; - reads the standard input"));

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = context.Get(_file) is { } file
            ? await context.Registry.PutEntryAsync("routing", null, (await JsonFile.ReadAsync(file, context.Terminal, cancellationToken)).ToJsonString(), cancellationToken)
            : await context.Registry.EntriesAsync("routing", cancellationToken);
        context.Print(answer, () => Show(context, answer.Read(ApiJson.Default.RoutingView)));
        return ExitCodes.Ok;
    }

    private static void Show(CommandContext context, RoutingView routing)
    {
        var fields = new Fields();
        fields.Add("default", routing.Default?.ToString() ?? "(none: a request that names no model is refused)");
        fields.Add("fallbacks", routing.Fallbacks.Count == 0 ? "(none)" : string.Join(", ", routing.Fallbacks));
        foreach (var (model, targets) in routing.ModelFallbacks)
        {
            fields.Add($"in place of {model}", string.Join(", ", targets));
        }

        fields.Write(context.Console);
    }
}
