using System.Text.Json;
using ModelMesh.Gateway.Errors;

namespace ModelMesh.Gateway.OpenAI.Responses.Events;

/// <summary>The fields of the event <c>error</c>: as OpenAI documents them and, in an object of their own, as it sends them. Clients read the one or the other.</summary>
internal static class StreamError
{
    public static void Write(Utf8JsonWriter json, OpenAIErrorInfo error)
    {
        WriteFields(json, error);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, error.Type);
        WriteFields(json, error);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, OpenAIErrorInfo error)
    {
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        json.WriteString("param"u8, error.Param);
    }
}
