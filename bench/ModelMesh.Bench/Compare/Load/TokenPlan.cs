using System.Buffers.Text;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>
/// The answer that is wanted of the synthetic upstream. It travels as the model's name, since that is what every gateway passes on.
/// </summary>
/// <param name="Tokens">How many; 1 to 10,000,000.</param>
/// <param name="Size">Bytes of text in each, 8 to 1,000: seven digits that count from 0, a space, then letters.</param>
/// <param name="FirstMs">Milliseconds until the first token; 0 to 600,000.</param>
/// <param name="GapMs">Milliseconds between two tokens, 0 to 900,000; 0 sends as fast as the reader reads.</param>
internal sealed partial record TokenPlan(int Tokens, int Size = 8, int FirstMs = 0, int GapMs = 0)
{
    /// <summary>How many digits count a token.</summary>
    public const int Digits = 7;

    /// <summary>How many tokens an answer in one piece may have: it is held in memory, by the upstream and by each reader.</summary>
    public const int MostInOnePiece = 100_000;

    public string ModelName => string.Create(CultureInfo.InvariantCulture, $"synthetic-{Tokens}x{Size}-first{FirstMs}-gap{GapMs}");

    /// <summary>How long an answer takes that nothing slows down.</summary>
    public TimeSpan Length => TimeSpan.FromMilliseconds(FirstMs + ((double)GapMs * (Tokens - 1)));

    public static TokenPlan? TryParse(string modelName)
    {
        if (Name().Match(modelName) is not { Success: true } match)
        {
            return null;
        }

        var plan = new TokenPlan(Number("tokens"), Number("size"), Number("first"), Number("gap"));
        return plan is { Tokens: >= 1 and <= 10_000_000, Size: > Digits and <= 1_000, FirstMs: <= 600_000, GapMs: <= 900_000 } ? plan : null;

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the text of a token over what is there, which has <see cref="Size"/> bytes.</summary>
    public static void Write(Span<byte> text, int token)
    {
        for (var digit = Digits - 1; digit >= 0; digit--)
        {
            text[digit] = (byte)('0' + (token % 10));
            token /= 10;
        }

        text[Digits] = (byte)' ';
        text[(Digits + 1)..].Fill((byte)'x');
    }

    /// <summary>Whether a text begins with a token, padding and all.</summary>
    public bool IsToken(ReadOnlySpan<byte> text, int token) =>
        text.Length >= Size
        && Utf8Parser.TryParse(text[..Digits], out int number, out var length) && length == Digits && number == token
        && text[Digits] == ' '
        && !text[(Digits + 1)..Size].ContainsAnyExcept((byte)'x');

    [GeneratedRegex("^synthetic-(?<tokens>[0-9]{1,8})x(?<size>[0-9]{1,4})-first(?<first>[0-9]{1,6})-gap(?<gap>[0-9]{1,6})\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
