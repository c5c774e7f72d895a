using ModelMesh.Bench.Compare.Report;
using ModelMesh.Testing;

namespace ModelMesh.Bench.Compare;

/// <summary>Writes the report of a comparison that was kept.</summary>
internal static class ReportCommand
{
    public static string DefaultFolder => Path.Combine(Repository.Root, "bench");

    public static string FileIn(string folder) => Path.Combine(folder, ReportWriter.PlotFolder, "comparison.json");

    /// <exception cref="FormatException">An argument is wrong, the file holds no comparison, or the folder cannot be written.</exception>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var parsed = new Arguments("report", arguments, "--in", "--out");
        var (comparison, folder) = (ComparisonJson.Load(parsed.Text("--in", FileIn(DefaultFolder))), parsed.Text("--out", DefaultFolder));
        ReportFolder.Try(folder);
        ReportWriter.Write(comparison, folder);
    }
}
