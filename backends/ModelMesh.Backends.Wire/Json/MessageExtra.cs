using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Wire.Json;

/// <summary>The fields of a message that only the upstream knows.</summary>
public static class MessageExtra
{
    /// <summary>Adds them to a message that is being written.</summary>
    /// <param name="writer">Writes the message, whose object is open.</param>
    /// <param name="message">Whose they are.</param>
    /// <param name="isWritten">Whether the message has a field by that name already, which stays as it is.</param>
    public static void Write(Utf8JsonWriter writer, ChatMessage message, Func<string, bool> isWritten)
    {
        foreach (var (name, value) in message.AdditionalProperties ?? [])
        {
            if (isWritten(name))
            {
                continue;
            }

            writer.WritePropertyName(name);
            if (value is JsonElement element)
            {
                element.WriteTo(writer);
            }
            else
            {
                JsonSerializer.Serialize(writer, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));
            }
        }
    }
}
