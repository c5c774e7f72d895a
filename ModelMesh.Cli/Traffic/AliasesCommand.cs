using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh aliases</c></summary>
internal sealed class AliasesCommand(KnownNames names) : EntryGroup(
    Kind,
    "Other names for a model or one of its versions",
    new AliasSetCommand(Kind, names),
    "mesh aliases",
    "mesh aliases set chat-prod chat-bot@v2",
    "mesh aliases delete chat-prod --yes")
{
    private static readonly EntryKind Kind = new("aliases", "alias", Show);

    private static void Show(CommandContext context, ApiAnswer answer)
    {
        var listing = new Listing("name", "target", "goes to");
        foreach (var alias in answer.Read(ApiJson.Default.AliasListView).Aliases)
        {
            listing.Add(alias.Name, alias.Target.ToString(), string.Join(", ", alias.ResolvesTo.Select(share => $"{share.Model}@{share.Version} {share.Share:0.##} %")));
        }

        listing.Write(context.Console, "No aliases.");
    }
}
