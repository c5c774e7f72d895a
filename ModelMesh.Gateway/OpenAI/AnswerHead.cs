using System.Globalization;
using System.Text.Json;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI;

/// <summary>The fields that every object of an OpenAI answer begins with.</summary>
internal static class AnswerHead
{
    /// <param name="kind">What comes before the request's id in the answer's, as <c>chatcmpl</c>.</param>
    /// <param name="type">The object's type, as <c>chat.completion</c>.</param>
    /// <param name="model">As the client named it.</param>
    public static void Write(Utf8JsonWriter json, string kind, string type, AnswerContext context, string model)
    {
        json.WriteString("id"u8, $"{kind}-{context.RequestId}");
        json.WriteString("object"u8, type);
        json.WriteNumber("created"u8, context.Created.ToUnixTimeSeconds());
        json.WriteString("model"u8, model);

        // It changes when the configuration does that the answer was made with, and that is what a revision is.
        json.WriteString("system_fingerprint"u8, string.Create(CultureInfo.InvariantCulture, $"fp_{context.Accepted.Revision}"));
    }
}
