using System.Text.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>A call of one of the request's tools.</summary>
internal sealed class FunctionCallItem : OutputItem
{
    /// <param name="callId">The model's own id of the call; one is made where it gave none, since the tool's answer must name it.</param>
    public FunctionCallItem(string requestId, int index, string callId, string name)
        : base("fc", requestId, index) => (CallId, Name) = (callId.Length > 0 ? callId : $"call_{requestId}_{index}", name);

    public string CallId { get; }

    public string Name { get; }

    public TextPart Arguments { get; } = new(PartKind.Arguments);

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("type"u8, "function_call"u8);
        json.WriteString("status"u8, Status);
        json.WriteString("call_id"u8, CallId);
        json.WriteString("name"u8, Name);
        json.WriteString("arguments"u8, Arguments.Text);
        json.WriteEndObject();
    }
}
