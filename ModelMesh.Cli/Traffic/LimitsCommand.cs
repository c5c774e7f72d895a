using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh limits</c></summary>
internal sealed class LimitsCommand(KnownNames names) : EntryGroup(
    Kind,
    "Requests and tokens a minute, per model, per caller or of all",
    new LimitSetCommand(Kind, names),
    "mesh limits",
    "mesh limits set chat-all --model chat-bot --requests 600",
    "mesh limits delete chat-all --yes")
{
    private static readonly EntryKind Kind = new("limits", "limit", Show);

    private static void Show(CommandContext context, ApiAnswer answer)
    {
        var listing = new Listing("name", "model", "caller", "requests/min#", "tokens/min#");
        foreach (var limit in answer.Read(ApiJson.Default.LimitListView).Limits)
        {
            listing.Add(
                limit.Name, limit.Model ?? "(any)", limit.Caller switch { null => "(all together)", "*" => "(each)", var caller => caller },
                limit.RequestsPerMinute?.ToString() ?? "-", limit.TokensPerMinute?.ToString() ?? "-");
        }

        listing.Write(context.Console, "No limits.");
    }
}
