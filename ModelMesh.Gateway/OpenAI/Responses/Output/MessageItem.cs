using System.Text.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>What the model says: text, a refusal, or both.</summary>
internal sealed class MessageItem(string requestId, int index) : ContentItem("msg", requestId, index)
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("status"u8, Status);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteStartArray("content"u8);
        Content.ForEach(part => part.Write(json));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
