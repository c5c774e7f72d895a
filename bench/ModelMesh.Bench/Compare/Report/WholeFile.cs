namespace ModelMesh.Bench.Compare.Report;

/// <summary>Writes a file so that it is there whole or, when writing fails, as it was before.</summary>
internal static class WholeFile
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written, or is a folder.</exception>
    public static void Write(string path, string text)
    {
        var unfinished = path + ".new";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }
}
