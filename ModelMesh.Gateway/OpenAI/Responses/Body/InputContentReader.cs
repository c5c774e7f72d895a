using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads the content of a message or the output of a function: a text, or an array of texts, refusals and, of a user, images.</summary>
internal static class InputContentReader
{
    private const int MaxTypeLength = 64;

    public static void Read(FieldReader fields, string name, string path, ChatMessage message, FaultList faults)
    {
        if (!fields.TryTake(name, out var content))
        {
            fields.Fault(name, "is required");
        }
        else if (content.ValueKind == JsonValueKind.Array)
        {
            ReadParts(content, FieldPath.Join(path, name), message, faults);
        }
        else if (content.ValueKind != JsonValueKind.String)
        {
            fields.Wrong(name, "a string or an array of parts", content);
        }
        else if (JsonText.Of(content) is { } text)
        {
            message.Content = text;
        }
        else
        {
            fields.Fault(name, "holds half of a surrogate pair");
        }
    }

    private static void ReadParts(JsonElement parts, string path, ChatMessage message, FaultList faults)
    {
        foreach (var (index, part) in parts.EnumerateArray().Index())
        {
            var at = FieldPath.At(path, index);
            if (part.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, "must be an object with type");
                continue;
            }

            message.Parts.Add(ReadPart(new FieldReader(part, at, faults), message.Role));
        }

        // A text alone is what every backend takes.
        if (message.Parts is [{ PartCase: ContentPart.PartOneofCase.Text } only])
        {
            message.Content = only.Text;
            message.Parts.Clear();
        }
    }

    private static ContentPart ReadPart(FieldReader fields, string role)
    {
        var part = new ContentPart();
        switch (fields.RequiredText("type", MaxTypeLength))
        {
            case "input_text" or "output_text" or "text":
                part.Text = RequiredButMaybeEmpty(fields, "text");
                break;
            case "refusal":
                part.Text = RequiredButMaybeEmpty(fields, "refusal");
                break;
            case "input_image" when role == "user":
                InputImageReader.Read(fields, part);
                break;
            case "input_image":
                fields.Fault("type", "must be input_text: only a user's message may hold images");
                break;
            case { Length: > 0 }:
                fields.Fault("type", "must be input_text, output_text, refusal or input_image");
                break;
        }

        return part;
    }

    private static string RequiredButMaybeEmpty(FieldReader fields, string name)
    {
        if (!fields.Has(name))
        {
            fields.TryTake(name, out _);
            fields.Fault(name, "is required");
        }

        return fields.Text(name, int.MaxValue) ?? "";
    }
}
