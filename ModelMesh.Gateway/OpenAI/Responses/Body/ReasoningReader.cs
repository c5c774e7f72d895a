using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>
/// Reads what a model thought before: its <c>content</c>, or its <c>summary</c> where there is no content. What is encrypted only who made it can read, so it is left.
/// </summary>
internal static class ReasoningReader
{
    public static void Read(FieldReader fields, string path, Conversation conversation, FaultList faults)
    {
        var summary = Texts(fields, "summary", path, faults);
        var content = Texts(fields, "content", path, faults);
        var text = content.Count > 0 ? string.Concat(content) : string.Join("\n\n", summary);
        if (text.Length > 0)
        {
            conversation.Think(text, path);
        }
    }

    private static List<string> Texts(FieldReader fields, string name, string path, FaultList faults)
    {
        List<string> texts = [];
        if (!fields.TryTake(name, out var parts))
        {
            return texts;
        }

        if (parts.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(name, "an array of texts", parts);
            return texts;
        }

        foreach (var (index, part) in parts.EnumerateArray().Index())
        {
            var at = FieldPath.At(FieldPath.Join(path, name), index);
            if (part.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, "must be an object with type and text");
            }
            else if (new FieldReader(part, at, faults).Text("text", int.MaxValue) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }
}
