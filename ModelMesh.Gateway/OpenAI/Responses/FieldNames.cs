using System.Globalization;

namespace ModelMesh.Gateway.OpenAI.Responses;

/// <summary>From the paths by which the mesh knows a request's fields to those that the client wrote.</summary>
/// <param name="messages">What each message was made of.</param>
internal sealed class FieldNames(IReadOnlyList<string> messages)
{
    private const string Message = "messages[";
    private const string Content = ".content";
    private const string Extra = "extra.";

    public string Of(string field) => field switch
    {
        "max_tokens" => "max_output_tokens",
        "logprobs" => "top_logprobs",
        "reasoning_effort" => "reasoning.effort",
        _ when field.StartsWith("response_format", StringComparison.Ordinal) => "text.format",
        _ when field.StartsWith("tools[", StringComparison.Ordinal) => field.Replace(".function", "", StringComparison.Ordinal),
        _ when field.StartsWith(Extra, StringComparison.Ordinal) => field[Extra.Length..],
        _ when field.StartsWith(Message, StringComparison.Ordinal) => OfMessage(field),
        _ => field,
    };

    // messages[2].content[0].image_url.detail is detail in a part of an item; what is no content is said of the item itself.
    private string OfMessage(string field)
    {
        var end = field.IndexOf(']', StringComparison.Ordinal);
        if (end < 0 || !int.TryParse(field.AsSpan(Message.Length, end - Message.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= messages.Count)
        {
            return field;
        }

        var rest = field[(end + 1)..];
        return messages[index].EndsWith(']') && rest.StartsWith(Content, StringComparison.Ordinal)
            ? messages[index] + rest.Replace("image_url.detail", "detail", StringComparison.Ordinal).Replace("image_url.url", "image_url", StringComparison.Ordinal)
            : messages[index];
    }
}
