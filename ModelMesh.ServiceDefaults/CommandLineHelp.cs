namespace ModelMesh.ServiceDefaults;

/// <summary>Answers <c>--help</c> and <c>-h</c>. AppHost compiles it too: it shares no assembly with the services it starts.</summary>
internal static class CommandLineHelp
{
    /// <returns>True when help was asked for: it is printed, and nothing else is to be done.</returns>
    public static bool Print(string[] args, string text)
    {
        var isAskedFor = args.Any(arg => arg is "--help" or "-h");
        if (isAskedFor)
        {
            Console.WriteLine(text);
        }

        return isAskedFor;
    }
}
