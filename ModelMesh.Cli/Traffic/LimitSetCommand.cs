using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh limits set</c></summary>
internal sealed class LimitSetCommand : EntrySetCommand
{
    private readonly Option<string?> _model;
    private readonly Option<string?> _caller;
    private readonly Option<long?> _requests;
    private readonly Option<long?> _tokens;

    public LimitSetCommand(EntryKind kind, KnownNames names)
        : base(kind, EntryGroup.NameArgument(kind), "mesh limits set chat-all --model chat-bot --requests 600", "mesh limits set each --caller \"*\" --requests 60 --tokens 100000")
    {
        _model = With(new Option<string?>("--model") { Description = "A model or an alias; absent: any", HelpName = "NAME", CompletionSources = { names.Names } });
        _caller = With(new Option<string?>("--caller") { Description = "A caller; \"*\": each on its own; absent: all together", HelpName = "NAME" });
        _requests = With(new Option<long?>("--requests") { Description = "Requests a minute", HelpName = "NUMBER" });
        _tokens = With(new Option<long?>("--tokens") { Description = "Tokens a minute, input and output together", HelpName = "NUMBER" });
    }

    protected override void Write(CommandContext context, JsonObject definition)
    {
        Put("model", context.Get(_model));
        Put("caller", context.Get(_caller));
        Put("requests_per_minute", context.Get(_requests));
        Put("tokens_per_minute", context.Get(_tokens));

        void Put(string field, JsonNode? value)
        {
            if (value is not null)
            {
                definition[field] = value;
            }
        }
    }
}
