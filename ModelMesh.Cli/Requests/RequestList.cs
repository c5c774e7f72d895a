using System.CommandLine;
using System.Globalization;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Requests;

/// <summary>Lists requests with filters. Replicas that did not answer are named, never left out in silence.</summary>
internal sealed class RequestList(KnownNames names)
{
    private readonly Option<string?> _model = new("--model") { Description = "Of this model", HelpName = "NAME", CompletionSources = { names.Names } };
    private readonly Option<string?> _version = new("--version") { Description = "Of this version", HelpName = "VERSION" };
    private readonly Option<string?> _state = new("--state") { Description = "queued, waiting (for the first token) or streaming", HelpName = "STATE", CompletionSources = { "queued", "waiting", "streaming" } };
    private readonly Option<string?> _instance = new("--instance") { Description = "At this replica", HelpName = "ID" };
    private readonly Option<string?> _client = new("--client") { Description = "Of this address or caller", HelpName = "NAME" };
    private readonly Option<int?> _limit = new("--limit") { Description = "The most to list; 100", HelpName = "NUMBER" };
    private readonly Option<string?> _cursor = new("--cursor") { Description = "The next_cursor of the page before", HelpName = "CURSOR" };

    public IEnumerable<Option> Options => [_model, _version, _state, _instance, _client, _limit, _cursor];

    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Registry.RequestsAsync(
            QueryText.Of(
            [
                ("model", context.Get(_model)), ("version", context.Get(_version)), ("state", context.Get(_state)), ("instance", context.Get(_instance)), ("client", context.Get(_client)),
                ("limit", context.Get(_limit)?.ToString(CultureInfo.InvariantCulture)), ("cursor", context.Get(_cursor)),
            ]),
            cancellationToken);
        context.Print(answer, () => Show(context, answer.Read(ApiJson.Default.RequestListView)));
        return ExitCodes.Ok;
    }

    private static void Show(CommandContext context, RequestListView list)
    {
        RequestTable.Of(list.Requests).Write(context.Console, "No requests.");
        if (list.Totals is { Requests: > 0 } totals)
        {
            context.Say($"{totals.Requests} in all: {totals.Queued} queued, {totals.Waiting} waiting for their first token, {totals.Streaming} streaming");
        }

        if (list.NextCursor is { } cursor)
        {
            context.Note($"There are more: --cursor {cursor}");
        }

        if (list.Unreachable is { Count: > 0 } unreachable)
        {
            context.Note($"Not counted, since they did not answer: {string.Join(", ", unreachable)}");
        }
    }
}
