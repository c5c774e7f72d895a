using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>mesh explain</c>: where a request would go and why. Nothing is sent to a model. A request that would be refused is an answer too: exit code 1.</summary>
internal sealed class ExplainCommand : ActingCommand
{
    private readonly Argument<string?> _model;
    private readonly Option<string?> _version;
    private readonly Option<string?> _file;
    private readonly Option<string?> _input = new("--input") { Description = "A text, whose length is the prompt's", HelpName = "TEXT" };
    private readonly Option<int?> _length = new("--prompt-length") { Description = "In characters", HelpName = "NUMBER" };
    private readonly Option<string?> _tier = new("--tier") { Description = "The caller's tier", HelpName = "NAME" };
    private readonly Option<string?> _hashKey = new("--hash-key") { Description = "Requests with one key go one way", HelpName = "TEXT" };
    private readonly Option<string[]> _capability = new("--capability") { Description = "What the request demands; may be repeated", HelpName = "NAME" };
    private readonly Option<string[]> _header = new("--header") { Description = "May be repeated", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _label = new("--label") { Description = "May be repeated", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _metadata = new("--metadata") { Description = "Of the body's metadata, dots lead inside; may be repeated", HelpName = "NAME=VALUE" };
    private readonly Option<string?> _at = new("--at") { Description = "When it comes, as 2026-03-01T13:45:00Z; now", HelpName = "TIME" };
    private readonly Option<double?> _roll = new("--roll") { Description = "What chance says, from 0 to below 1", HelpName = "NUMBER" };

    public ExplainCommand(KnownNames names)
        : base(
            "explain",
            "Says where a request would go, and why; nothing is sent to a model",
            "mesh explain chat-bot",
            "mesh explain --prompt-length 12000 --tier gold",
            "mesh explain chat-prod --hash-key user-42 --header x-team=search")
    {
        _model = With(new Argument<string?>("model")
        {
            Description = "What the request names: a model, an alias, NAME@VERSION or NAME:ADAPTER; nothing: none", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { names.Models },
        });
        _version = With(CommonOptions.Version());
        _file = With(CommonOptions.File("The request as the API takes it, a JSON object; - reads the standard input"));
        foreach (var option in new Option[] { _input, _length, _tier, _hashKey, _capability, _header, _label, _metadata, _at, _roll })
        {
            Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var body = context.Get(_file) is { } file ? await JsonFile.ReadAsync(file, context.Terminal, cancellationToken) : [];
        Write(context, body);
        var answer = await context.Registry.ExplainAsync(body.ToJsonString(), cancellationToken);
        var explanation = answer.Read(ApiJson.Default.ExplanationView);
        context.Print(answer, () => ExplanationText.Write(context, explanation));
        return explanation.Decision.Error is null ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private void Write(CommandContext context, JsonObject body)
    {
        Put("model", context.Arguments.GetValue(_model));
        Put("version", context.Get(_version));
        Put("input", context.Get(_input));
        Put("prompt_length", context.Get(_length));
        Put("user_tier", context.Get(_tier));
        Put("hash_key", context.Get(_hashKey));
        Put("time", context.Get(_at));
        Put("roll", context.Get(_roll));
        Put("capabilities", context.Get(_capability) is { Length: > 0 } names ? new JsonArray([.. names.Select(name => JsonValue.Create(name))]) : null);
        Each(_header, "headers", (section, name, value) => section[name] = value);
        Each(_label, "labels", (section, name, value) => section[name] = value);
        Each(_metadata, "metadata", (section, name, value) => KeyValue.Put(section, name, KeyValue.Json(value)));

        void Put(string field, JsonNode? value)
        {
            if (value is not null)
            {
                body[field] = value;
            }
        }

        void Each(Option<string[]> option, string field, Action<JsonObject, string, string> put)
        {
            foreach (var (name, value) in (context.Get(option) ?? []).Select(text => KeyValue.Split(option.Name, text)))
            {
                var section = body[field] as JsonObject ?? [];
                body[field] = section;
                put(section, name, value);
            }
        }
    }
}
