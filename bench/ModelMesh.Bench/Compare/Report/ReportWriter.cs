using System.Text;
using ModelMesh.Bench.Compare.Report.Plots;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>A comparison as a page of Markdown with its plots.</summary>
internal static class ReportWriter
{
    public const string PlotFolder = "results";

    /// <summary>Writes <c>RESULTS.md</c> and <c>results/*.svg</c> into <paramref name="folder"/>, over what an earlier run wrote under the same names.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(Comparison comparison, string folder)
    {
        var plotFolder = Directory.CreateDirectory(Path.Combine(folder, PlotFolder)).FullName;
        var report = new StringBuilder(Introduction.Of(comparison)).Append(TargetSection.Of(Targets.Judge(comparison)));
        foreach (var facts in comparison.Scenarios)
        {
            var table = new ScenarioTable(facts, comparison.Runs);
            var plots = ScenarioPlots.Of(table);
            foreach (var plot in plots)
            {
                File.WriteAllText(Path.Combine(plotFolder, plot.File), plot.Svg);
            }

            report.Append(ScenarioSection.Of(table, comparison.Rounds, plots));
        }

        File.WriteAllText(Path.Combine(folder, "RESULTS.md"), report.ToString().TrimEnd('\n') + "\n");
    }
}
