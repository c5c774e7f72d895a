using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>Reads <c>think</c>.</summary>
/// <param name="Effort">The mesh's name of it; empty when the client did not say.</param>
/// <param name="Written">As the client wrote it.</param>
internal readonly record struct ThinkField(string Effort, JsonElement? Written)
{
    private const string Field = "think";

    public static ThinkField Read(FieldReader fields)
    {
        if (!fields.TryTake(Field, out var think))
        {
            return new ThinkField("", null);
        }

        var effort = think.ValueKind switch
        {
            JsonValueKind.False => "none",
            JsonValueKind.True => "medium",
            JsonValueKind.String => EffortOf(JsonText.Of(think)),
            _ => null,
        };
        if (effort is null)
        {
            fields.Fault(Field, "must be true, false, low, medium, high or max");
        }

        return new ThinkField(effort ?? "", think);
    }

    private static string? EffortOf(string? level) => level switch
    {
        "low" or "medium" or "high" => level,
        "max" => "xhigh",
        _ => null,
    };
}
