namespace ModelMesh.AppHost.Settings;

/// <summary>The mesh cannot be brought up as it is set; each fault is one line and meant for its user.</summary>
internal sealed class AppHostFault(params IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <returns>The exit code.</returns>
    public static int Report(Exception fault)
    {
        foreach (var line in fault.Message.Split(Environment.NewLine))
        {
            Console.Error.WriteLine($"The mesh was not started: {line}");
        }

        return 1;
    }
}
