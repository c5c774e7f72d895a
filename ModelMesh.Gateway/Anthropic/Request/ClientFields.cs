using System.Globalization;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>The client's names of the fields that a registry names as <c>/infer</c> does.</summary>
/// <param name="formatField">By which name the format of the output was given.</param>
internal sealed class ClientFields(Conversation conversation, string formatField)
{
    public string NameOf(string field)
    {
        return TopOf(field) switch
        {
            "messages" => MessageNameOf(field),
            "stop" => "stop_sequences",
            "response_format" => formatField,
            "parallel_tool_calls" => "tool_choice.disable_parallel_tool_use",
            "reasoning_effort" => "thinking",
            "tools" => field.Replace(".function.parameters", ".input_schema", StringComparison.Ordinal).Replace(".function", "", StringComparison.Ordinal),
            "tool_choice" => "tool_choice",
            _ => field,
        };
    }

    private static string TopOf(string field)
    {
        var end = field.AsSpan().IndexOfAny('.', '[');
        return end < 0 ? field : field[..end];
    }

    private string MessageNameOf(string field)
    {
        var rest = field.AsSpan();
        if (!TryTakeIndex(ref rest, "messages[", out var message) || message >= conversation.Messages.Count)
        {
            return field;
        }

        return TryTakeIndex(ref rest, ".content[", out var part) ? conversation.PathOf(message, part) : conversation.PathOf(message);
    }

    private static bool TryTakeIndex(ref ReadOnlySpan<char> path, string before, out int index)
    {
        index = 0;
        var end = path.IndexOf(']');
        if (end < 0 || !path.StartsWith(before, StringComparison.Ordinal) || !int.TryParse(path[before.Length..end], NumberStyles.None, CultureInfo.InvariantCulture, out index))
        {
            return false;
        }

        path = path[(end + 1)..];
        return true;
    }
}
