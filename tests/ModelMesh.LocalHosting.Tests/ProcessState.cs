namespace ModelMesh.LocalHosting.Tests;

internal static class ProcessState
{
    /// <summary>A dead process that nobody has collected yet does not count.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{id}/stat");
            return status[status.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
