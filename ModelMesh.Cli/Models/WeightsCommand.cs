using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary><c>mesh weights</c>: shows the split of a model's versions, or sets it in one step.</summary>
internal sealed class WeightsCommand : ActingCommand
{
    private const int BarWidth = 20;

    private readonly Argument<string> _model;
    private readonly Argument<string[]> _weights = new("weights")
    {
        Description = "New weights from 0 to 1,000,000; versions that are not named keep theirs. None: shows them", HelpName = "VERSION=WEIGHT", Arity = ArgumentArity.ZeroOrMore,
    };

    public WeightsCommand(KnownNames names)
        : base("weights", "Shows or sets how a model's versions share its traffic", "mesh weights chat-bot", "mesh weights chat-bot v1=90 v2=10")
    {
        _model = With(CommonOptions.Name(names));
        _weights.CompletionSources.Add(names.VersionsOf(_model, "="));
        With(_weights);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_model);
        var weights = new JsonObject();
        foreach (var (version, weight) in (context.Arguments.GetValue(_weights) ?? []).Select(text => KeyValue.SplitNumber("A weight", text)))
        {
            weights[version] = weights.ContainsKey(version) ? throw CommandFailure.Usage($"The version '{version}' is named twice.") : weight;
        }

        var answer = weights.Count == 0
            ? await context.Registry.WeightsAsync(name, cancellationToken)
            : await context.Registry.SetWeightsAsync(name, weights.ToJsonString(), cancellationToken);
        context.Print(answer, () =>
        {
            var listing = new Listing("version", "weight#", "share#", "", "note");
            foreach (var version in answer.Read(ApiJson.Default.WeightsView).Versions)
            {
                listing.Add(
                    version.Version, version.Weight, $"{version.Share:0.##} %", Bars.Draw(version.Share / 100, BarWidth), version.Shadow ? "shadow" : version.Draining ? "draining" : "");
            }

            listing.Write(context.Console, "No versions.");
        });
        return ExitCodes.Ok;
    }
}
