using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh callers set</c></summary>
internal sealed class CallerSetCommand : EntrySetCommand
{
    private readonly Option<string?> _key;
    private readonly Option<string?> _hash;
    private readonly Option<string?> _tier;
    private readonly Option<int?> _priority;

    public CallerSetCommand(EntryKind kind)
        : base(kind, EntryGroup.NameArgument(kind), "mesh callers set search --key env:SEARCH_KEY --tier gold --priority 10", "mesh callers set search --key-sha256 \"$(printf %s \"$KEY\" | sha256sum | cut -d' ' -f1)\"")
    {
        _key = With(new Option<string?>("--key") { Description = "A reference to its key, env:NAME or file:/path, which the registry reads once", HelpName = "REFERENCE" });
        _hash = With(new Option<string?>("--key-sha256") { Description = "In place of it: the key's SHA-256", HelpName = "HEX" });
        _tier = With(new Option<string?>("--tier") { Description = "What user_tier is in rules", HelpName = "NAME" });
        _priority = With(new Option<int?>("--priority") { Description = "Its place in queues, -100 to 100; 0", HelpName = "NUMBER" });
    }

    protected override void Write(CommandContext context, JsonObject definition)
    {
        Put("key", context.Get(_key));
        Put("key_sha256", context.Get(_hash));
        Put("tier", context.Get(_tier));
        Put("priority", context.Get(_priority));

        void Put(string field, JsonNode? value)
        {
            if (value is not null)
            {
                definition[field] = value;
            }
        }
    }
}
