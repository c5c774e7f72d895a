namespace ModelMesh.LocalHosting.Processes;

/// <summary>What the launcher starts beside itself; not for people.</summary>
internal static class HelperProgram
{
    public const string ExecCommand = "exec";
    public const string WatchCommand = "watch";

    public static int Main(string[] args)
    {
        switch (args)
        {
            case [ExecCommand, .. var command]:
                return SessionExec.Run(command);
            case [WatchCommand]:
                Watchdog.Run(Console.In);
                return 0;
            default:
                Console.Error.WriteLine("This is the launcher's helper. Start the application with: dotnet run --project ModelMesh.AppHost");
                return 2;
        }
    }

    /// <summary>The command line that runs one of these commands.</summary>
    public static (string Program, string[] Arguments) CommandLine(params string[] arguments) =>
        (DotnetHost.Path, ["exec", typeof(HelperProgram).Assembly.Location, .. arguments]);
}
