using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

/// <summary>
/// Run by .NET before Main where DOTNET_STARTUP_HOOKS names this assembly: makes the launcher's helper slow, so that it has not called setsid yet.
/// </summary>
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = ".NET looks for this name without a namespace.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("STANDIN_SLOW_HELPER_MS") is not { } delay)
        {
            return;
        }

        var isDeaf = Environment.GetEnvironmentVariable("STANDIN_DEAF_HELPER") is not null;
        using var deaf = isDeaf ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true) : null;
        Console.WriteLine("waiting");
        using var never = new ManualResetEventSlim();
        never.Wait(int.Parse(delay));
    }
}
