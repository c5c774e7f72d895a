using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelMesh.Cli.Load;

/// <summary>A load that runs, in two lines.</summary>
internal static class LoadView
{
    private const int BarWidth = 30;

    public static IRenderable Of(LoadRun run, LoadPlan plan)
    {
        var progress = run.Progress;
        var elapsed = run.Elapsed;
        var ended = progress.Completed + progress.Failed;
        var share = Math.Max(plan.Requests is { } all ? (double)ended / all : 0, plan.Duration is { } time ? elapsed / time : 0);
        return new Rows(
            new Text($"{Bars.Draw(share, BarWidth)} {Math.Min(share, 1) * 100:0} %  {Durations.Show(elapsed)}"),
            new Paragraph($"{progress.InFlight} in flight · ")
                .Append($"{progress.Completed} complete", new Style(Color.Green))
                .Append(" · ")
                .Append($"{progress.Failed} failed", new Style(progress.Failed > 0 ? Color.Red : null))
                .Append($" · {progress.Tokens} tokens, {Figures.Rate(progress.Tokens / Math.Max(elapsed.TotalSeconds, 0.001))} a second"));
    }
}
