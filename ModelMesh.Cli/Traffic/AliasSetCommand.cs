using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh aliases set</c></summary>
internal sealed class AliasSetCommand : EntrySetCommand
{
    private readonly Argument<string?> _target;

    public AliasSetCommand(EntryKind kind, KnownNames names)
        : base(kind, EntryGroup.NameArgument(kind), "mesh aliases set chat-prod chat-bot@v2", "mesh aliases set chat-any chat-bot", "mesh aliases set chat-prod -f alias.json") =>
        _target = With(new Argument<string?>("target")
        {
            Description = "A model, or one of its versions", HelpName = "NAME[@VERSION]", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { names.Models },
        });

    protected override void Write(CommandContext context, JsonObject definition)
    {
        if (context.Arguments.GetValue(_target) is { } target)
        {
            definition["target"] = target;
        }
    }
}
