using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>What each program used in a scenario, and what the mesh asked of its store.</summary>
internal static class ProgramTable
{
    private static readonly string[] Shown = ["gateway", "registry", View.Store, "nginx", "portkey", "upstream", "generator"];

    /// <returns>Empty when no run has a program.</returns>
    public static string Of(ScenarioTable table)
    {
        Row[] rows = [.. table.Rows.Where(row => row.View.WithStore)];
        ProcessUse[] programs = [.. rows.SelectMany(row => row.Runs).SelectMany(run => run.Processes).DistinctBy(process => process.Name, StringComparer.Ordinal).OrderBy(Order).ThenBy(process => process.Name, StringComparer.Ordinal)];
        if (programs.Length == 0)
        {
            return "";
        }

        var withStore = rows.Any(row => row.Runs.Any(run => run.StoreCalls is not null));
        string[] header = ["", .. programs.Select(Title), .. withStore ? (string[])["store calls per request", "time per store call"] : []];
        return Markdown.Table(header, rows.Select(row => (IReadOnlyList<string>)
        [
            Markdown.Escape(row.Label),
            .. programs.Select(program => Cell(table.Facts.Focus, row, program.Name)),
            .. withStore ? (string[])[Store(row, " per request", run => Paired.Ratio(run.StoreCalls, run.Requests)), Store(row, " µs", run => Paired.Ratio(run.StoreSeconds * 1e6, run.StoreCalls))] : [],
        ]), figures: true);
    }

    private static int Order(ProcessUse process) => Array.IndexOf(Shown, process.Name) is >= 0 and var index ? index : Shown.Length;

    private static string Title(ProcessUse process) => Markdown.Escape(process.Name) + (process.UnderTest ? "" : " (the bench's)");

    private static string Cell(IReadOnlyList<Figure> focus, Row row, string program)
    {
        Spread? Used(Func<RunResult, ProcessUse, double?> of) =>
            Spread.Of(row.Runs.Select(run => run.Processes.FirstOrDefault(process => process.Name == program) is { } process ? of(run, process) : null));

        var perToken = focus.Contains(Figure.CpuPerToken);
        var per = Used((run, process) => Paired.Ratio(process.CpuSeconds * 1e6, perToken ? run.Tokens : run.Requests));
        var share = Used((run, process) => 100 * process.CpuSeconds / run.Seconds);
        var memory = Used((_, process) => process.ResidentMiB);
        string[] lines =
        [
            .. per is null ? [] : (string[])[$"{Numbers.Figure(per.Median)} µs per {(perToken ? "token" : "request")}"],
            .. share is null ? [] : (string[])[$"{Numbers.Figure(share.Median)} % of a core"],
            .. memory is null ? [] : (string[])[$"{Numbers.Figure(memory.Median)} MiB"],
        ];
        return lines.Length == 0 ? "–" : string.Join("<br>", lines);
    }

    private static string Store(Row row, string unit, Func<RunResult, double?> of) =>
        Spread.Of(row.Runs.Select(of)) is { } spread ? spread.Told(Numbers.Figure, unit) : "–";
}
