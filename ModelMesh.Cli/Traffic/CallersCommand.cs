using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh callers</c></summary>
internal sealed class CallersCommand() : EntryGroup(
    Kind,
    "Applications that are told from others by their API keys",
    new CallerSetCommand(Kind),
    "mesh callers",
    "mesh callers set search --key env:SEARCH_KEY --tier gold --priority 10",
    "mesh callers delete search --yes")
{
    private static readonly EntryKind Kind = new("callers", "caller", Show);

    private static void Show(CommandContext context, ApiAnswer answer)
    {
        var listing = new Listing("name", "tier", "priority#", "key (sha-256)");
        foreach (var caller in answer.Read(ApiJson.Default.CallerListView).Callers)
        {
            listing.Add(caller.Name, caller.Tier, caller.Priority, caller.KeySha256);
        }

        listing.Write(context.Console, "No callers.");
    }
}
