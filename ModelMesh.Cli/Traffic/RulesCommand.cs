using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh rules</c></summary>
internal sealed class RulesCommand() : EntryGroup(
    Kind,
    "Where requests go that meet conditions; `mesh explain` tries them",
    new RuleSetCommand(Kind),
    "mesh rules",
    "mesh rules set long --target big-bot --if \"prompt_length gt 8000\" --priority 10",
    "mesh rules delete long --yes")
{
    private static readonly EntryKind Kind = new("rules", "rule", Show);

    private static void Show(CommandContext context, ApiAnswer answer)
    {
        var listing = new Listing("name", "priority#", "weight#", "enabled", "conditions", "target");
        foreach (var rule in answer.Read(ApiJson.Default.RuleListView).Rules)
        {
            listing.Add(
                rule.Name, rule.Priority, rule.Weight, rule.Enabled ? "yes" : "no",
                rule.Conditions.Count == 0 ? "(no model is named)" : string.Join(" and ", rule.Conditions), rule.Target.ToString());
        }

        listing.Write(context.Console, "No rules.");
    }
}
