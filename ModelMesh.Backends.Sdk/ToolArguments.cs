using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// The arguments of a tool call as text. A model may have written JSON that is none, and a caller sends it back to it as it was: so a call off the
/// mesh carries the text in <see cref="AIContent.RawRepresentation"/>, beside what could be parsed of it.
/// </summary>
public static class ToolArguments
{
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>Makes a call from its arguments' text.</summary>
    public static FunctionCallContent ToCall(string callId, string name, string arguments) =>
        new(callId, name, Parse(arguments)) { RawRepresentation = arguments };

    /// <summary>The arguments of a call as JSON text: as they were received, or else as they can be written.</summary>
    public static string TextOf(FunctionCallContent call) =>
        call.RawRepresentation as string ?? (call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, Compact) : "{}");

    private static Dictionary<string, object?>? Parse(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var parsed = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                parsed[property.Name] = property.Value.Clone();
            }

            return parsed;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a name that escapes half of a surrogate pair.
            return null;
        }
    }
}
