namespace ModelMesh.Scripts;

/// <summary>Reads <c>--name value</c> pairs, and answers <c>--help</c> and unknown names by itself.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Options()
    {
    }

    public string Gateway => _values["gateway"].TrimEnd('/');

    public string Registry => _values["registry"].TrimEnd('/');

    public string this[string name] => _values[name];

    public int Number(string name) => int.TryParse(_values[name], out var number) && number >= 1 ? number : throw new ScriptException($"--{name} must be a whole number of at least 1");

    public static Options Parse(string summary, string[] args, params (string Name, string Default, string Help)[] known)
    {
        (string Name, string Default, string Help)[] all =
        [
            ("gateway", "http://localhost:8080", "address of the gateway"),
            ("registry", "http://localhost:8081", "address of the registry's admin API"),
            .. known,
        ];
        if (args.Contains("--help") || args.Contains("-h"))
        {
            Console.WriteLine(summary);
            foreach (var option in all)
            {
                Console.WriteLine($"  --{option.Name,-15} {option.Help} (default: {(option.Default.Length == 0 ? "none" : option.Default)})");
            }

            Environment.Exit(0);
        }

        var options = new Options();
        foreach (var option in all)
        {
            options._values[option.Name] = option.Default;
        }

        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!options._values.ContainsKey(name) || i + 1 == args.Length)
            {
                throw new ScriptException($"'{args[i]}' is not an option with a value; see --help");
            }

            options._values[name] = args[i + 1];
        }

        return options;
    }
}
