namespace ModelMesh.Cli.Terminals;

/// <summary>What others wrote, made safe for a terminal: a model's answer must not move its cursor or set its title. Pure.</summary>
internal static class SafeText
{
    public static string For(bool isTerminal, string text) => isTerminal ? Clean(text) : text;

    /// <summary>Without control characters but line ends and tabs.</summary>
    public static string Clean(string text) => text.AsSpan().ContainsAny(Controls)
        ? string.Concat(text.Where(character => !char.IsControl(character) || character is '\n' or '\t'))
        : text;

    /// <summary>The same on one line.</summary>
    public static string Line(string text) => Clean(text).ReplaceLineEndings(" ");

    private static readonly System.Buffers.SearchValues<char> Controls = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(character => char.IsControl(character) && character is not ('\n' or '\t'))]);
}
