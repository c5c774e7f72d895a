using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Terminals;
using ModelMesh.Cli.Values;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelMesh.Cli.Rollouts;

/// <summary>How a rollout stands: who gets what, and what the versions did with it.</summary>
internal static class RolloutPanel
{
    private const int BarWidth = 20;

    public static IRenderable Of(RolloutView rollout)
    {
        var listing = new Listing("version", "share#", "", "requests#", "failures#", "error rate#", "ttft p95#");
        foreach (var side in new[] { rollout.Figures.From, rollout.Figures.To })
        {
            var share = rollout.TrafficSplit.TryGetValue(side.Version, out var percent) ? percent : 0;
            listing.Add(
                side.Version, $"{share:0.#} %", Bars.Draw(share / 100, BarWidth), side.Requests, side.Failures, Figures.Percent(side.ErrorRate), Figures.Milliseconds(side.TtftP95Ms));
        }

        var state = Cell.State(rollout.Status);
        return new Rows(
            new Paragraph($"{rollout.Model}: {rollout.From} → {rollout.To}, {rollout.Strategy}  ").Append(state.Text, state.Style),
            new Text($"{rollout.RequestId}, step {rollout.Step} of {rollout.Steps.Count} ({string.Join(", ", rollout.Steps)} %)", new Style(decoration: Decoration.Dim)),
            new Text(SafeText.Line(rollout.Message)),
            listing.Table);
    }
}
