using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>set</c>: adds an entry or replaces it whole, in one step.</summary>
internal abstract class EntrySetCommand : ActingCommand
{
    private readonly EntryKind _kind;
    private readonly Argument<string> _name;
    private readonly Option<string?> _file;

    protected EntrySetCommand(EntryKind kind, Argument<string> name, params string[] examples)
        : base("set", $"Adds one of the {kind.Collection}, or replaces it whole", examples)
    {
        _kind = kind;
        _name = With(name);
        _file = With(CommonOptions.File("The definition as the API takes it, a JSON object; - reads the standard input"));
    }

    /// <summary>Writes what the command line says into the definition.</summary>
    protected abstract void Write(CommandContext context, JsonObject definition);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_name);
        var definition = context.Get(_file) is { } file ? await JsonFile.ReadAsync(file, context.Terminal, cancellationToken) : [];
        Write(context, definition);
        definition["name"] = name;
        var answer = await context.Registry.PutEntryAsync(_kind.Collection, name, definition.ToJsonString(), cancellationToken);
        context.Print(answer, () => context.Say($"{(answer.Status == 201 ? "Added" : "Replaced")} the {_kind.One} {name}."));
        return ExitCodes.Ok;
    }
}
