using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace ModelMesh.Cli.Running;

/// <summary>How all options that are numbers are read: alike in every culture, and with an error that names no type of .NET.</summary>
internal static class NumberOptions
{
    /// <summary>Of a command and of all below it.</summary>
    public static void Bind(Command command)
    {
        foreach (var option in command.Options)
        {
            switch (option)
            {
                case Option<int?> whole:
                    Bind(whole, NumberStyles.AllowLeadingSign, "a whole number");
                    break;
                case Option<long?> whole:
                    Bind(whole, NumberStyles.AllowLeadingSign, "a whole number");
                    break;
                case Option<double?> number:
                    Bind(number, NumberStyles.Float, "a number");
                    break;
            }
        }

        foreach (var inner in command.Subcommands)
        {
            Bind(inner);
        }
    }

    private static void Bind<T>(Option<T?> option, NumberStyles styles, string kind)
        where T : struct, INumber<T> => option.CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out var number) && T.IsFinite(number))
            {
                return number;
            }

            result.AddError(BigInteger.TryParse(text, styles, CultureInfo.InvariantCulture, out _)
                ? $"{option.Name} is out of range: '{text}'."
                : $"{option.Name} must be {kind}, not '{text}'.");
            return null;
        };
}
