using System.Text;
using ModelMesh.Bench.Compare.Report.Plots;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>A comparison as a page of Markdown with its plots.</summary>
internal static class ReportWriter
{
    public const string PlotFolder = "results";

    public const string FileName = "RESULTS.md";

    /// <summary>Writes <c>RESULTS.md</c> and <c>results/*.svg</c> into <paramref name="folder"/> in place of an earlier report: plots of that one are removed. Each file is there whole or as it was before.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(Comparison comparison, string folder)
    {
        var plotFolder = Directory.CreateDirectory(Path.Combine(folder, PlotFolder)).FullName;
        var report = new StringBuilder(Introduction.Of(comparison)).Append(TargetSection.Of(Targets.Judge(comparison)));
        var linked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var facts in comparison.Scenarios)
        {
            var table = new ScenarioTable(facts, comparison.Runs);
            var plots = ScenarioPlots.Of(table);
            foreach (var plot in plots)
            {
                WholeFile.Write(Path.Combine(plotFolder, plot.File), plot.Svg);
                linked.Add(plot.File);
            }

            report.Append(ScenarioSection.Of(table, comparison.Rounds, plots, comparison.Broken));
        }

        WholeFile.Write(Path.Combine(folder, FileName), report.ToString().TrimEnd('\n') + "\n");
        RemoveOthers(plotFolder, linked);
    }

    // Whoever keeps pictures of his own there shall find them again.
    private static void RemoveOthers(string plotFolder, HashSet<string> linked)
    {
        foreach (var file in Directory.EnumerateFiles(plotFolder, "*.svg").Where(file => !linked.Contains(Path.GetFileName(file)) && Svg.IsOurs(File.ReadAllText(file))).ToArray())
        {
            File.Delete(file);
        }
    }
}
