namespace ModelMesh.ServiceDefaults.Json;

/// <summary>What is wrong inside a string of a body that is no JSON.</summary>
internal static class StringFault
{
    private const string Escapes = "\"\\/bfnrt";

    /// <summary>The index of the first wrong byte and what is wrong with it, or the index after the string and null.</summary>
    /// <param name="body">Valid UTF-8.</param>
    /// <param name="quote">Where the string begins.</param>
    public static (int Index, string? Fault) Find(ReadOnlySpan<byte> body, int quote)
    {
        for (var i = quote + 1; i < body.Length; i++)
        {
            switch (body[i])
            {
                case (byte)'"':
                    return (i + 1, null);
                case < 0x20:
                    return (i, $"the control character U+{body[i]:X4} must be escaped in a string{(body[i] == '\n' ? ", a line break as \\n" : "")}");
                case (byte)'\\' when i + 1 == body.Length:
                    break;
                case (byte)'\\' when body[i + 1] == 'u':
                    var digits = body[(i + 2)..Math.Min(i + 6, body.Length)];
                    foreach (var digit in digits)
                    {
                        if (!char.IsAsciiHexDigit((char)digit))
                        {
                            return (i, "\\u is followed by four hexadecimal digits");
                        }
                    }

                    i += 1 + digits.Length;
                    break;
                case (byte)'\\' when !Escapes.Contains((char)body[i + 1], StringComparison.Ordinal):
                    return (i, "this is no escape that JSON knows");
                case (byte)'\\':
                    i++;
                    break;
            }
        }

        return (body.Length, "the body ends inside a string");
    }
}
