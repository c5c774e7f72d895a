namespace ModelMesh.Testing.Store;

/// <summary>
/// Whether a stop signal has taken effect, from <c>/proc</c>. One thread takes the signal when it next runs and only then stops the others: on a busy
/// machine they go on for a while after <c>kill</c> has returned.
/// </summary>
internal static class StoppedProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Await(int process)
    {
        if (!SpinWait.SpinUntil(() => Directory.GetDirectories($"/proc/{process}/task").All(IsStopped), Patience))
        {
            throw new TimeoutException($"Process {process} was not stopped within {Patience}.");
        }
    }

    private static bool IsStopped(string thread)
    {
        try
        {
            // The state follows the name, which is in parentheses and may hold any.
            var stat = File.ReadAllText($"{thread}/stat");
            return stat[stat.LastIndexOf(')') + 2] == 'T';
        }
        catch (IOException)
        {
            // This thread has ended; the next look does not find it.
            return false;
        }
    }
}
