using System.Runtime.InteropServices;

namespace ModelMesh.LocalHosting.Processes;

/// <summary>
/// Becomes another program, as the leader of a session of its own. So Ctrl+C in the terminal reaches the launcher only, which then stops its children in order,
/// and one signal reaches the program with everything it starts. The process id stays the same.
/// </summary>
internal static class SessionExec
{
    private const int NotFound = 127;

    public static int Run(string[] command)
    {
        _ = Posix.SetSid();
        _ = Posix.Exec(command[0], [.. command, null]);
        Console.Error.WriteLine($"{command[0]} could not be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        return NotFound;
    }
}
