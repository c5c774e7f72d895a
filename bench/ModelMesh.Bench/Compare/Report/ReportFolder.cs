namespace ModelMesh.Bench.Compare.Report;

/// <summary>Where a report goes.</summary>
internal static class ReportFolder
{
    private const string Probe = ".write-test";

    /// <summary>Makes the folder and its folder of plots where they are missing, and tries to write into both.</summary>
    /// <exception cref="FormatException">It cannot be made or written.</exception>
    public static void Try(string folder)
    {
        try
        {
            foreach (var tried in (string[])[folder, Path.Combine(folder, ReportWriter.PlotFolder)])
            {
                var probe = Path.Combine(Directory.CreateDirectory(tried).FullName, Probe);
                WholeFile.Write(probe, "");
                File.Delete(probe);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{folder} cannot take the report: {exception.Message}", exception);
        }
    }
}
