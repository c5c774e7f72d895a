using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary><c>mesh register</c>: a file, flags, or a file whose fields flags override. The registry says what is wrong with it.</summary>
internal sealed class RegisterCommand : ActingCommand
{
    private readonly Argument<string?> _model = new("model")
    {
        Description = "The version to register; may be left out where the file names it", HelpName = "NAME@VERSION", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _version;
    private readonly Option<string?> _file;
    private readonly ModelFlags _flags;

    public RegisterCommand(KnownNames names)
        : base(
            "register",
            "Registers a model version",
            "mesh register chat-bot@v1 --backend mock --max-concurrency 8 --set text=\"I am v1\"",
            "mesh register qwen@v1 --backend vllm --endpoint http://gpu-1:8000/v1 --upstream-model Qwen/Qwen3-8B --max-concurrency 64",
            "mesh register gpt@v1 --backend openai --upstream-model gpt-5-mini --key env:OPENAI_API_KEY --capability tools",
            "mesh register -f model.json",
            "mesh models show chat-bot@v1 --json | jq '{backend_type, backend}' | mesh register chat-bot@v2 -f - --weight 0")
    {
        With(_model);
        _version = With(CommonOptions.Version());
        _file = With(CommonOptions.File("The definition as the API takes it, a JSON object; - reads the standard input"));
        _flags = new ModelFlags(names);
        foreach (var option in _flags.Options)
        {
            Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var definition = context.Get(_file) is { } file ? await JsonFile.ReadAsync(file, context.Terminal, cancellationToken) : [];
        if (context.Arguments.GetValue(_model) is { } text)
        {
            var reference = ModelReference.Parse(text, context.Get(_version));
            definition["name"] = reference.Name;
            if (reference.Version is { } version)
            {
                definition["version"] = version;
            }
        }
        else if (context.Get(_file) is null)
        {
            throw CommandFailure.Usage("Name the model, as chat-bot@v1, or give its definition with --file.");
        }

        _flags.Write(context, definition);
        var answer = await context.Registry.RegisterAsync(definition.ToJsonString(), cancellationToken);
        context.Print(answer, () =>
        {
            var model = answer.Read(ApiJson.Default.ModelView);
            context.Say($"Registered {model.Id} at revision {model.Revision}: {model.Status}{(model.StatusReason is { } reason ? $", {reason}" : "")}");
        });
        return ExitCodes.Ok;
    }
}
