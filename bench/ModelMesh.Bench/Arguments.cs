using System.Globalization;

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

    /// <summary>A whole number.</summary>
    /// <exception cref="FormatException">It is none, or not from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public int Number(string name, int fallback, int least, int most) =>
        !_values.TryGetValue(name, out var text) ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new FormatException($"{name} must be a whole number from {least} to {most}, not '{text}'.");

    /// <summary>One of two words, the first where nothing is said.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public string Choice(string name, string first, string second) =>
        Text(name, first) is var text && (text == first || text == second) ? text : throw new FormatException($"{name} must be {first} or {second}, not '{text}'.");

    /// <summary>Some of <paramref name="all"/>, named with commas between them, in their own order; all of them where nothing is said.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public IReadOnlyList<T> Some<T>(string name, IReadOnlyList<T> all, Func<T, string> nameOf)
    {
        var wanted = _values.TryGetValue(name, out var text) ? text.Split(',', StringSplitOptions.TrimEntries) : [.. all.Select(nameOf)];
        var unknown = wanted.Except(all.Select(nameOf), StringComparer.Ordinal).FirstOrDefault();
        return unknown is null
            ? [.. all.Where(one => wanted.Contains(nameOf(one), StringComparer.Ordinal))]
            : throw new FormatException($"{name} has '{unknown}', which is none of {string.Join(", ", all.Select(nameOf))}.");
    }

    /// <exception cref="FormatException">It is no absolute http or https URL.</exception>
    public Uri Address(string name, string fallback) =>
        Uri.TryCreate(Text(name, fallback), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new FormatException($"{name} must be an absolute http or https URL, not '{Text(name, fallback)}'.");
}
