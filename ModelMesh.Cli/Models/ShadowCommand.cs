using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary><c>mesh shadow</c>: what a shadow version's copies came to, beside the real answers.</summary>
internal sealed class ShadowCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Option<string?> _version;
    private readonly Option<bool> _reset = new("--reset") { Description = "Begin the figures anew" };

    public ShadowCommand(KnownNames names)
        : base("shadow", "Compares a shadow version with the versions that answered", "mesh shadow chat-bot@v2", "mesh shadow chat-bot@v2 --reset")
    {
        _model = With(CommonOptions.OneVersion(names));
        _version = With(CommonOptions.Version());
        With(_reset);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reference = ModelReference.Parse(context.Get(_model), context.Get(_version));
        var version = reference.NeedVersion();
        if (context.Get(_reset))
        {
            await context.Registry.ResetShadowAsync(reference.Name, version, cancellationToken);
            context.Say($"The figures of {reference} begin anew.");
            return ExitCodes.Ok;
        }

        var answer = await context.Registry.ShadowAsync(reference.Name, version, cancellationToken);
        context.Print(answer, () => Show(context, answer.Read(ApiJson.Default.ShadowView)));
        return ExitCodes.Ok;
    }

    private static void Show(CommandContext context, ShadowView shadow)
    {
        context.Say(shadow.Shadow ? $"{shadow.Name}@{shadow.Version} gets copies of {shadow.ShadowSample:0.##} % of the requests." : $"{shadow.Name}@{shadow.Version} is no shadow version.");
        var listing = new Listing("version", "completed#", "errors#", "unserved#", "left#", "ttft p50#", "ttft p95#", "tokens#", "characters#");
        foreach (var comparison in shadow.Comparisons)
        {
            Side(comparison.Real);
            Side(comparison.Shadow);
        }

        listing.Write(context.Console, "There is nothing to compare yet.");
        foreach (var comparison in shadow.Comparisons)
        {
            context.Say(
                $"Beside {comparison.Real.Version}, since {Moments.Local(comparison.Since, context.Time)}: {comparison.Requests} requests, {comparison.Dropped} dropped, both completed {comparison.BothCompleted}; "
                + $"same finish reason {Figures.Percent(comparison.SameFinishReason.Rate)}, same answer {Figures.Percent(comparison.ExactMatch.Rate)} of {comparison.ExactMatch.Compared}");
        }

        void Side(ShadowSideView side) => listing.Add(
            side.Version, side.Completed, side.Errors, side.Unserved, side.Left, Figures.Milliseconds(side.TtftP50Ms), Figures.Milliseconds(side.TtftP95Ms),
            Figures.Rate(side.AverageOutputTokens), Figures.Rate(side.AverageCharacters));
    }
}
