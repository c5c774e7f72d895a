namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>Which files a process has open, from <c>/proc</c>. Processes end and close files while they are looked at: such a one has nothing open.</summary>
internal static class OpenFiles
{
    public static bool Has(int process, string file)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").ToList().Exists(link => IsLinkTo(link, file));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsLinkTo(string link, string file)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName == file;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
