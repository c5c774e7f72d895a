namespace ModelMesh.LocalHosting;

/// <summary>Prints lines with the name of who they come from in front; coloured on a terminal. Thread-safe.</summary>
internal sealed class LaunchOutput(TextWriter writer, bool inColour)
{
    private const int NameWidth = 10;

    // Bright foregrounds that read on dark and light backgrounds.
    private static readonly int[] Colours = [36, 33, 35, 32, 34, 96, 93, 95];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _colours = new(StringComparer.Ordinal);

    public static LaunchOutput ToConsole() =>
        new(Console.Out, !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>A line of the launcher's own.</summary>
    public void WriteLine(string line) => Write("mesh", line);

    public void Write(string name, string line)
    {
        lock (_lock)
        {
            var prefix = name.PadRight(NameWidth);
            if (inColour)
            {
                if (!_colours.TryGetValue(name, out var colour))
                {
                    colour = Colours[_colours.Count % Colours.Length];
                    _colours.Add(name, colour);
                }

                prefix = $"\e[{colour}m{prefix}\e[0m";
            }

            writer.WriteLine($"{prefix} | {line}");
            writer.Flush();
        }
    }
}
