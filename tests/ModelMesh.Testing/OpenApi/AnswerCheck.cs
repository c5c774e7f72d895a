using System.Text;
using System.Text.Json.Nodes;
using System.Net.ServerSentEvents;

namespace ModelMesh.Testing.OpenApi;

/// <summary>
/// Holds an answer against what a document says of its media type. A stream's events have their schemas in <c>x-events</c>, by name; one whose events have no name in <c>message</c>.
/// Lines of JSON have theirs in <c>x-line</c>.
/// </summary>
public static class AnswerCheck
{
    // How OpenAI's streams end.
    private const string EndMark = "[DONE]";

    public static IReadOnlyList<string> Faults(ApiDocument document, string mediaType, JsonObject media, string body)
    {
        var check = new SchemaCheck(document);
        return mediaType switch
        {
            "text/event-stream" => [.. Events(body).SelectMany(item => item.Data == EndMark
                ? []
                : media["x-events"]?[item.EventType] is { } schema ? check.Faults(schema, JsonNode.Parse(item.Data)) : [$"the event {item.EventType} is not described"])],
            "application/x-ndjson" => [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => check.Faults(media["x-line"]!, JsonNode.Parse(line)))],
            "application/json" => check.Faults(media["schema"]!, JsonNode.Parse(body)),
            _ => check.Faults(media["schema"]!, JsonValue.Create(body)),
        };
    }

    private static IEnumerable<SseItem<string>> Events(string body) => SseParser.Create(new MemoryStream(Encoding.UTF8.GetBytes(body))).Enumerate();
}
