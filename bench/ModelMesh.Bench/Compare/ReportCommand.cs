using ModelMesh.Bench.Compare.Report;
using ModelMesh.Testing;

namespace ModelMesh.Bench.Compare;

/// <summary>Writes the report of a comparison that was kept.</summary>
internal static class ReportCommand
{
    public static string DefaultFolder => Path.Combine(Repository.Root, "bench");

    public static string FileIn(string folder) => Path.Combine(folder, ReportWriter.PlotFolder, "comparison.json");

    /// <exception cref="FormatException">An argument is wrong, or the file holds no comparison.</exception>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var parsed = new Arguments("report", arguments, "--in", "--out");
        ReportWriter.Write(ComparisonJson.Load(parsed.Text("--in", FileIn(DefaultFolder))), parsed.Text("--out", DefaultFolder));
    }
}
