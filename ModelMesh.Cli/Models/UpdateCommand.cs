using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Terminals;
using ModelMesh.Cli.Values;
using Spectre.Console;

namespace ModelMesh.Cli.Models;

/// <summary>
/// <c>mesh update</c>: reads the definition, changes what is named, shows the difference, asks, and sends the whole with the revision that was read,
/// so that what somebody else changed meanwhile is never lost (exit code 5).
/// </summary>
internal sealed class UpdateCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Option<string?> _version;
    private readonly Option<string?> _file;
    private readonly Option<bool> _replace = new("--replace") { Description = "The file is the whole definition: what it leaves out takes its default" };
    private readonly Option<string[]> _unset = new("--unset") { Description = "Leave a field to its default, as cache or backend.text; may be repeated", HelpName = "FIELD" };
    private readonly Option<bool> _yes = CommonOptions.Yes();
    private readonly ModelFlags _flags;

    public UpdateCommand(KnownNames names)
        : base(
            "update",
            "Changes a model version while it serves; running streams end on the old revision",
            "mesh update chat-bot@v1 --max-concurrency 16",
            "mesh update chat-bot@v1 --set text=\"I have changed\" --label team=search --yes",
            "mesh update chat-bot@v1 --unset backend.text --unset cache",
            "mesh update chat-bot@v1 -f model.json --replace")
    {
        _model = With(CommonOptions.OneVersion(names));
        _version = With(CommonOptions.Version());
        _file = With(CommonOptions.File("Fields to change, a JSON object; - reads the standard input, and then --yes is needed"));
        With(_replace);
        With(_unset);
        With(_yes);
        _flags = new ModelFlags(names);
        foreach (var option in _flags.Options)
        {
            Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reference = ModelReference.Parse(context.Get(_model), context.Get(_version));
        var version = reference.NeedVersion();
        var shown = await context.Registry.VersionAsync(reference.Name, version, cancellationToken);
        var revision = shown.Read(ApiJson.Default.ModelView).Revision;
        var before = Definition.Of(shown.Text);
        var after = await ChangedAsync(context, before, cancellationToken);
        var changes = DefinitionDiff.Between(before, after);
        if (changes.Count == 0)
        {
            context.Print(shown, () => context.Say($"{reference} is that already; nothing was sent."));
            return ExitCodes.Ok;
        }

        ShowChanges(context, changes);
        await Confirmation.AskAsync(context, context.Get(_yes), $"Update {reference}, at revision {revision}?", cancellationToken);
        var answer = await context.Registry.UpdateAsync(reference.Name, version, after.ToJsonString(), revision, cancellationToken);
        context.Print(answer, () =>
        {
            var model = answer.Read(ApiJson.Default.ModelView);
            context.Say($"Updated {model.Id}: revision {revision} → {model.Revision}, {model.Status}{(model.StatusReason is { } reason ? $", {reason}" : "")}");
        });
        return ExitCodes.Ok;
    }

    private async Task<JsonObject> ChangedAsync(CommandContext context, JsonObject before, CancellationToken cancellationToken)
    {
        var given = context.Get(_file) is { } file ? await JsonFile.ReadAsync(file, context.Terminal, cancellationToken) : null;
        var after = context.Get(_replace)
            ? given ?? throw CommandFailure.Usage("--replace needs --file.")
            : (JsonObject)before.DeepClone();
        if (!ReferenceEquals(after, given))
        {
            foreach (var (field, value) in given ?? [])
            {
                after[field] = value?.DeepClone();
            }
        }

        after["name"] ??= before["name"]?.DeepClone();
        after["version"] ??= before["version"]?.DeepClone();
        foreach (var field in context.Get(_unset) ?? [])
        {
            if (!Definition.Remove(after, field))
            {
                throw CommandFailure.Usage($"--unset: there is no field '{field}'.");
            }
        }

        _flags.Write(context, after);
        return after;
    }

    private static void ShowChanges(CommandContext context, IReadOnlyList<FieldChange> changes)
    {
        if (context.Json)
        {
            return;
        }

        foreach (var change in changes)
        {
            context.Console.Write(new Text($"{SafeText.Line(change.Path)}\n", new Style(decoration: Decoration.Bold)));
            Line("  - ", change.Before, Color.Red);
            Line("  + ", change.After, Color.Green);
        }

        void Line(string sign, string? value, Color color)
        {
            if (value is not null)
            {
                context.Console.Write(new Text($"{sign}{value}\n", new Style(color)));
            }
        }
    }
}
