using System.Text.RegularExpressions;
using ModelMesh.Gateway.Ollama.Answers;

namespace ModelMesh.Gateway.Ollama;

/// <summary>
/// What a backend cannot take is refused by the mesh's name of the field, as it is at <c>/infer</c>. A client is told by its own: the mesh's name is the key, and
/// what follows it in a path is kept only where it is of the client's.
/// </summary>
internal static partial class OllamaFieldNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["temperature"] = "options.temperature",
        ["top_p"] = "options.top_p",
        ["top_k"] = "options.top_k",
        ["seed"] = "options.seed",
        ["stop"] = "options.stop",
        ["presence_penalty"] = "options.presence_penalty",
        ["frequency_penalty"] = "options.frequency_penalty",
        ["max_tokens"] = "options.num_predict",
        ["reasoning_effort"] = "think",
    };

    public static string Of(string field, PieceForm form)
    {
        if (Names.TryGetValue(field, out var name))
        {
            return name;
        }

        if (field.Split('.')[0] == "response_format")
        {
            return "format";
        }

        if (field.StartsWith("extra.", StringComparison.Ordinal))
        {
            return field["extra.".Length..];
        }

        var image = Image().Match(field);
        return form == PieceForm.Chat
            ? image.Success ? $"{image.Groups["message"].Value}.images" : field
            : image.Success ? "images" : field.StartsWith("messages[", StringComparison.Ordinal) ? "prompt" : field;
    }

    // Text is never refused, so a part that is can only be an image.
    [GeneratedRegex(@"^(?<message>messages\[\d+\])\.content\[\d+\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Image();
}
