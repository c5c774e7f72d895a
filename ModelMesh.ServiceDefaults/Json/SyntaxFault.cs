using System.Buffers;
using System.Text;
using System.Text.Json;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>
/// Says what is wrong with a body that is no JSON, where a reader can go no further. What stands there is told by one character at most: it may be part of a secret.
/// </summary>
internal static class SyntaxFault
{
    private const string Cut = "the body ends before it is complete";
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("+-.eE0123456789"u8);

    public static MeshException In(ReadOnlySpan<byte> body)
    {
        var trail = JsonTrail.Of(body, body.Length);
        var (index, why) = Explain(body, trail);
        return BodyPlace.Fault(trail.Path(body), body, index, "valid JSON", why);
    }

    private static (int Index, string Why) Explain(ReadOnlySpan<byte> body, JsonTrail trail)
    {
        var at = trail.Next;
        var close = trail.InArray ? ']' : '}';
        if (at == body.Length)
        {
            return (at, Cut);
        }

        if (body[at] == '/')
        {
            return (at, "comments are not part of JSON");
        }

        if (trail.Depth == 0 && trail.Last != JsonTokenType.None)
        {
            return (at, $"something follows its end: {Shown(body[at..])}");
        }

        if (trail.AfterComma && body[at] == close)
        {
            return (at, $"there must be no comma before '{close}'");
        }

        if (trail.Depth == 0 || trail.Last == JsonTokenType.PropertyName || (trail.InArray && IsAtEntry(trail)))
        {
            return Value(body, at, trail.Depth);
        }

        return IsAtEntry(trail) ? Name(body, at) : (at, $"after this value ',' or '{close}' is expected, not {Shown(body[at..])}");
    }

    private static bool IsAtEntry(JsonTrail trail) => trail.AfterComma || trail.Last is JsonTokenType.StartObject or JsonTokenType.StartArray;

    private static (int Index, string Why) Name(ReadOnlySpan<byte> body, int at)
    {
        if (body[at] != '"')
        {
            return (at, $"a name in double quotes is expected, not {Shown(body[at..])}");
        }

        var (end, fault) = StringFault.Find(body, at);
        if (fault is not null)
        {
            return (end, fault);
        }

        end += body[end..].IndexOfAnyExcept(" \t\r\n"u8) is var space and >= 0 ? space : body.Length - end;
        return end == body.Length ? (end, Cut) : (end, $"after a name ':' is expected, not {Shown(body[end..])}");
    }

    private static (int Index, string Why) Value(ReadOnlySpan<byte> body, int at, int depth)
    {
        switch (body[at])
        {
            case (byte)'{' or (byte)'[' when depth == JsonBody.MaxDepth:
                return (at, $"it is nested deeper than {JsonBody.MaxDepth} levels");
            case (byte)'"':
                var (end, fault) = StringFault.Find(body, at);
                return (end, fault ?? Cut);
            case (byte)'\'':
                return (at, "strings are written in double quotes");
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9') when body[at..].IndexOfAnyExcept(NumberBytes) < 0:
                return (body.Length, Cut);
            case (byte)'-' or (byte)'+' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'):
                return (at, "this is no number as JSON writes them");
            case (byte)'t' or (byte)'f' or (byte)'n' when "true"u8.StartsWith(body[at..]) || "false"u8.StartsWith(body[at..]) || "null"u8.StartsWith(body[at..]):
                return (body.Length, Cut);
            default:
                return (at, $"a value is expected, not {Shown(body[at..])}");
        }
    }

    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        Rune.DecodeFromUtf8(bytes, out var rune, out _);
        return Rune.IsControl(rune) ? $"the control character U+{rune.Value:X4}" : $"'{rune}'";
    }
}
