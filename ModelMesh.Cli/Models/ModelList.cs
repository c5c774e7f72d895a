using System.CommandLine;
using System.Globalization;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary>Lists models with filters. Without a limit it reads all pages; each is a JSON document of its own.</summary>
internal sealed class ModelList(KnownNames names)
{
    private const int PageSize = 1_000;

    private readonly Option<string?> _name = new("--name") { Description = "Versions of this model", HelpName = "NAME", CompletionSources = { names.Names } };
    private readonly Option<string?> _status = new("--status") { Description = "In this status", HelpName = "STATUS", CompletionSources = { "pending", "loading", "ready", "draining", "failed" } };
    private readonly Option<string?> _backend = new("--backend") { Description = "On this type of backend", HelpName = "TYPE", CompletionSources = { names.BackendTypes } };
    private readonly Option<string[]> _capability = new("--capability") { Description = "With this capability; may be repeated", HelpName = "NAME" };
    private readonly Option<string[]> _label = new("--label") { Description = "With this label; may be repeated", HelpName = "KEY[=VALUE]" };
    private readonly Option<int?> _limit = new("--limit") { Description = "One page of this many, from 1 to 1,000; else all", HelpName = "NUMBER" };
    private readonly Option<string?> _cursor = new("--cursor") { Description = "The next_cursor of the page before", HelpName = "CURSOR" };

    public IEnumerable<Option> Options => [_name, _status, _backend, _capability, _label, _limit, _cursor];

    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var limit = context.Get(_limit);
        var cursor = context.Get(_cursor);
        var models = new List<ModelView>();
        do
        {
            var answer = await context.Registry.ModelsAsync(Query(context, limit ?? PageSize, cursor), cancellationToken);
            var page = answer.Read(ApiJson.Default.ModelListView);
            context.Print(answer, () => models.AddRange(page.Models));
            cursor = page.NextCursor;
        }
        while (cursor is not null && limit is null);

        if (!context.Json)
        {
            ModelTable.Of(models).Write(context.Console, "No models.");
            if (cursor is not null)
            {
                context.Note($"There are more: --cursor {cursor}");
            }
        }

        return ExitCodes.Ok;
    }

    private string Query(CommandContext context, int limit, string? cursor) => QueryText.Of(
    [
        ("name", context.Get(_name)), ("status", context.Get(_status)), ("backend_type", context.Get(_backend)),
        .. (context.Get(_capability) ?? []).Select(name => ("capability", (string?)name)),
        .. (context.Get(_label) ?? []).Select(label => ("label", (string?)label)),
        ("limit", limit.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor),
    ]);
}
