namespace ModelMesh.Backends.Mock;

internal static class Words
{
    public static IReadOnlyList<string> Vocabulary { get; } =
        ("the mesh carries many words between those who ask and those who answer while every stream keeps its own pace and no lease is held longer "
        + "than needed so a token leaves when it is ready and arrives in order at one gateway from some registry with a model behind it").Split(' ');

    /// <summary>
    /// Cuts a text into words, each with the white space before it; white space at the end belongs to the last word. So the tokens
    /// concatenated are the text.
    /// </summary>
    public static List<Range> Split(string text)
    {
        var words = new List<Range>();
        var start = 0;
        for (var position = 0; position < text.Length;)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            if (position == text.Length)
            {
                break;
            }

            while (position < text.Length && !char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            words.Add(start..position);
            start = position;
        }

        if (start < text.Length)
        {
            // Only white space is left: it goes with the last word, or is the one token when there is no word.
            if (words.Count > 0)
            {
                words[^1] = words[^1].Start..text.Length;
            }
            else
            {
                words.Add(0..text.Length);
            }
        }

        return words;
    }
}
