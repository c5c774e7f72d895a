namespace ModelMesh.LocalHosting;

internal static class ExitReason
{
    private const int SignalBase = 128;

    public static string Describe(int exitCode) => exitCode switch
    {
        0 => "exited",
        SignalBase + 9 => "was killed (SIGKILL)",
        SignalBase + 15 => "was stopped (SIGTERM)",
        SignalBase + 6 => "crashed (SIGABRT)",
        SignalBase + 11 => "crashed (SIGSEGV)",
        _ => $"exited with code {exitCode}",
    };
}
