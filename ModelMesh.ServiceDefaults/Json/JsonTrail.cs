using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>
/// How far a body can be read as JSON, and the path of what comes there. Made only of a body that is known to be bad, so that a good one pays nothing for it.
/// Nothing is allocated per token: whoever sends a large bad body does not make it costlier than a good one.
/// </summary>
internal sealed class JsonTrail
{
    private readonly Container[] _open = new Container[JsonBody.MaxDepth];

    private JsonTrail()
    {
    }

    /// <summary>How many objects and arrays are open.</summary>
    public int Depth { get; private set; }

    public JsonTokenType Last { get; private set; }

    /// <summary>The index of the first byte that is no white space after the last token, and after a comma where one belongs there.</summary>
    public int Next { get; private set; }

    /// <summary>Whether a comma was passed over to get there.</summary>
    public bool AfterComma { get; private set; }

    public bool InArray => Depth > 0 && _open[Depth - 1].IsArray;

    /// <param name="body">The bytes.</param>
    /// <param name="end">The trail stops before a token that reaches beyond this index, if the body is readable so far.</param>
    public static JsonTrail Of(ReadOnlySpan<byte> body, int end)
    {
        var trail = new JsonTrail();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonBody.MaxDepth });
        var consumed = 0;
        try
        {
            while (reader.Read() && reader.BytesConsumed <= end)
            {
                trail.Take(ref reader);
                consumed = (int)reader.BytesConsumed;
            }
        }
        catch (JsonException)
        {
            // This is as far as it goes.
        }

        trail.LookAhead(body, consumed);
        return trail;
    }

    /// <summary>The path of what comes next: the value that is expected, the value after which something is missing, or else what holds it.</summary>
    public string Path(ReadOnlySpan<byte> body)
    {
        var path = "";
        for (var i = 0; i < Depth; i++)
        {
            var container = _open[i];
            var innermost = i == Depth - 1;
            if (container.IsArray)
            {
                path = FieldPath.At(path, container.Index + (innermost && IsAtStart ? 1 : 0));
            }
            else if (!innermost || !IsAtStart)
            {
                path = FieldPath.Join(path, NameAt(body[container.Name..]));
            }
        }

        return path;
    }

    // Before the first or the next entry of the innermost object or array.
    private bool IsAtStart => AfterComma || Last is JsonTokenType.StartObject or JsonTokenType.StartArray;

    private void Take(ref Utf8JsonReader reader)
    {
        Last = reader.TokenType;
        switch (Last)
        {
            case JsonTokenType.PropertyName:
                _open[Depth - 1].Name = (int)reader.TokenStartIndex;
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Depth--;
                return;
        }

        if (InArray)
        {
            _open[Depth - 1].Index++;
        }

        if (Last is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _open[Depth++] = new Container { IsArray = Last == JsonTokenType.StartArray, Index = -1 };
        }
    }

    private void LookAhead(ReadOnlySpan<byte> body, int consumed)
    {
        Next = SkipSpace(body, consumed);
        if (Depth > 0 && Next < body.Length && body[Next] == ',' && Last is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            AfterComma = true;
            Next = SkipSpace(body, Next + 1);
        }
    }

    private static int SkipSpace(ReadOnlySpan<byte> body, int from) =>
        body[from..].IndexOfAnyExcept(" \t\r\n"u8) is var space and >= 0 ? from + space : body.Length;

    private static string NameAt(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted, isFinalBlock: false, default);
        reader.Read();
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A name that is no text has no better one.
            return "?";
        }
    }

    private struct Container
    {
        public bool IsArray;

        /// <summary>Of the last entry that was begun.</summary>
        public int Index;

        /// <summary>Where the quote of the last name is.</summary>
        public int Name;
    }
}
