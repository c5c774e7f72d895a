namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>One way to read the text by which a client names a model.</summary>
public readonly record struct ModelReference(string Name, string? Version, string Adapter)
{
    /// <summary>The most characters it can have: a name, a version and an adapter of 200 each, and the signs between them.</summary>
    public const int MaxLength = (3 * 200) + 2;

    /// <summary>
    /// All ways to read it, the first of them that the catalog knows counts. Names may hold <c>@</c> and <c>:</c> themselves, so the longest name comes first.
    /// 1. The text is the model's name.
    /// 2. <c>name@version</c> or <c>name:adapter</c>, split at the last of these signs, then at the one before.
    /// 3. <c>name:adapter@version</c> and <c>name@version:adapter</c>, where what follows the name holds the other sign too.
    /// </summary>
    public static IEnumerable<ModelReference> Readings(string text)
    {
        // 1
        yield return new ModelReference(text, null, "");
        for (var at = text.LastIndexOfAny(['@', ':']); at > 0; at = text.LastIndexOfAny(['@', ':'], at - 1))
        {
            var (name, rest, sign) = (text[..at], text[(at + 1)..], text[at]);
            if (rest.Length == 0)
            {
                continue;
            }

            // 2
            yield return sign == '@' ? new ModelReference(name, rest, "") : new ModelReference(name, null, rest);

            // 3
            var other = sign == '@' ? ':' : '@';
            for (var second = rest.IndexOf(other, StringComparison.Ordinal); second > 0 && second < rest.Length - 1; second = rest.IndexOf(other, second + 1))
            {
                yield return sign == '@' ? new ModelReference(name, rest[..second], rest[(second + 1)..]) : new ModelReference(name, rest[(second + 1)..], rest[..second]);
            }
        }
    }
}
