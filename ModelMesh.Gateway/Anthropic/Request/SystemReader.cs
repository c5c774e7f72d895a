using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads <c>system</c>, which becomes the conversation's first message.</summary>
internal static class SystemReader
{
    private const string Field = "system";

    public static void Read(FieldReader fields, Conversation conversation, FaultList faults)
    {
        if (!fields.TryTake(Field, out var system))
        {
            return;
        }

        var parts = TextsReader.Read(fields, Field, Field, system, faults);
        if (parts.Count > 0)
        {
            parts.AddTo(conversation, new ChatMessage { Role = "system" }, Field);
        }
    }
}
