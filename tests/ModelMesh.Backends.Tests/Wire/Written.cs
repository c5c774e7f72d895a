using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;

namespace ModelMesh.Backends.Tests.Wire;

/// <summary>A chat's request as text.</summary>
internal static class Written
{
    public static string Request(IEnumerable<ChatMessage> messages, BackendCallOptions? options = null, string? settingsExtra = null, ChatRequestStyle? style = null)
    {
        using var body = new JsonBody();
        ChatRequestWriter.Write(body, "m", messages, options, settingsExtra is null ? null : Json(settingsExtra), style);
        return Encoding.UTF8.GetString(body.Written.Span);
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
