using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary><c>mesh models show</c></summary>
internal sealed class ModelShowCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Option<string?> _version;

    public ModelShowCommand(KnownNames names)
        : base("show", "Shows a model's versions, or one of them in full", "mesh models show chat-bot", "mesh models show chat-bot@v1", "mesh models show me@home --version v1")
    {
        _model = With(CommonOptions.Model(names));
        _version = With(CommonOptions.Version());
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reference = ModelReference.Parse(context.Get(_model), context.Get(_version));
        if (reference.Version is not { } version)
        {
            var all = await context.Registry.ModelAsync(reference.Name, cancellationToken);
            context.Print(all, () => ModelTable.Of(all.Read(ApiJson.Default.ModelListView).Models).Write(context.Console, "No versions."));
            return ExitCodes.Ok;
        }

        var one = await context.Registry.VersionAsync(reference.Name, version, cancellationToken);
        context.Print(one, () => Show(context, one.Read(ApiJson.Default.ModelView)));
        return ExitCodes.Ok;
    }

    private static void Show(CommandContext context, ModelView model)
    {
        var fields = new Fields();
        fields.Add("model", model.Id);
        fields.Add("backend", model.BackendType);
        fields.Add("status", Cell.State(model.Status));
        fields.Add("reason", model.StatusReason);
        fields.Add("health", Cell.State(model.Health?.State ?? "unknown"));
        fields.Add("health reason", model.Health?.Reason);
        fields.Add("last error", model.Health?.LastError);
        fields.Add("active", $"{model.Active?.ToString() ?? "?"} of {model.MaxConcurrency}");
        fields.Add("queued", $"{model.Queued?.ToString() ?? "?"} of {model.MaxQueue}");
        fields.Add("weight", model.Shadow ? "none, it is a shadow" : $"{model.Weight}");
        fields.Add("capabilities", string.Join(", ", model.Capabilities ?? []));
        fields.Add("labels", string.Join(", ", model.Labels?.Select(label => $"{label.Key}={label.Value}") ?? []));
        fields.Add("adapters", string.Join(", ", model.Adapters ?? []));
        fields.Add("settings", model.Backend is { } backend ? backend.GetRawText() : "");
        fields.Add("revision", model.Revision);
        fields.Add("created", Moments.Local(model.CreatedAt, context.Time));
        fields.Add("updated", Moments.Local(model.UpdatedAt, context.Time));
        fields.Write(context.Console);
        if (model.Endpoints is not { Count: > 0 } endpoints)
        {
            return;
        }

        context.Say("");
        var listing = new Listing("endpoint", "breaker", "weight#", "in flight#", "failures#", "last error");
        foreach (var endpoint in endpoints)
        {
            listing.Add(endpoint.Endpoint ?? "(the type's own)", Cell.State(endpoint.State), endpoint.Weight, endpoint.InFlight, endpoint.Failures, endpoint.LastError);
        }

        listing.Write(context.Console, "");
    }
}
