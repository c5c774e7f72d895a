using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh rules set</c></summary>
internal sealed class RuleSetCommand : EntrySetCommand
{
    private readonly Option<string?> _target;
    private readonly Option<string[]> _if;
    private readonly Option<int?> _priority;
    private readonly Option<int?> _weight;
    private readonly Option<bool> _disabled;

    public RuleSetCommand(EntryKind kind)
        : base(
            kind,
            EntryGroup.NameArgument(kind),
            "mesh rules set long --target big-bot --if \"prompt_length gt 8000\" --if 'user_tier in [\"gold\",\"platinum\"]' --priority 10",
            "mesh rules set half --target chat-bot@v2 --weight 50",
            "mesh rules set long -f rule.json --disabled")
    {
        _target = With(new Option<string?>("--target") { Description = "A model, a version or an alias", HelpName = "NAME[@VERSION]" });
        _if = With(new Option<string[]>("--if") { Description = "A condition, as \"prompt_length gt 8000\"; may be repeated, and all must hold", HelpName = "\"FIELD OPERATOR VALUE\"" });
        _priority = With(new Option<int?>("--priority") { Description = "Of the rules that a request meets, those with the highest count; 0", HelpName = "NUMBER" });
        _weight = With(new Option<int?>("--weight") { Description = "Its share among those of one priority; 100", HelpName = "NUMBER" });
        _disabled = With(new Option<bool>("--disabled") { Description = "It counts for nothing yet" });
    }

    protected override void Write(CommandContext context, JsonObject definition)
    {
        Put(_target, "target", () => context.Get(_target));
        Put(_if, "conditions", () => new JsonArray([.. (context.Get(_if) ?? []).Select(Condition)]));
        Put(_priority, "priority", () => context.Get(_priority));
        Put(_weight, "weight", () => context.Get(_weight));
        Put(_disabled, "enabled", () => !context.Get(_disabled));

        void Put(Option option, string field, Func<JsonNode?> value)
        {
            if (context.Has(option))
            {
                definition[field] = value();
            }
        }
    }

    private static JsonObject Condition(string text) => text.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) switch
    {
        [var field, var sign] => new JsonObject { ["field"] = field, ["operator"] = sign },
        [var field, var sign, var value] => new JsonObject { ["field"] = field, ["operator"] = sign, ["value"] = KeyValue.Json(value) },
        _ => throw CommandFailure.Usage($"--if must be \"FIELD OPERATOR VALUE\", as \"prompt_length gt 8000\", not '{text}'."),
    };
}
