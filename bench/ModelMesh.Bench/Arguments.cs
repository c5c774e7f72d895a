namespace ModelMesh.Bench;

/// <summary>A command's options: <c>--name value</c>, each at most once.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">An argument is none of the command's options, or has no value.</exception>
    public Arguments(string command, IReadOnlyList<string> arguments, params string[] known)
    {
        for (var index = 0; index < arguments.Count; index += 2)
        {
            var name = arguments[index];
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new FormatException($"{command} has no option '{name}'; it takes {string.Join(" and ", known)}.");
            }

            if (index + 1 == arguments.Count || arguments[index + 1].Length == 0)
            {
                throw new FormatException($"{name} needs a value.");
            }

            if (!_values.TryAdd(name, arguments[index + 1]))
            {
                throw new FormatException($"{name} is given twice.");
            }
        }
    }

    public string Text(string name, string fallback) => _values.GetValueOrDefault(name, fallback);

    /// <exception cref="FormatException">It is no absolute http or https URL.</exception>
    public Uri Address(string name, string fallback) =>
        Uri.TryCreate(Text(name, fallback), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new FormatException($"{name} must be an absolute http or https URL, not '{Text(name, fallback)}'.");
}
