using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Known fields that the mesh has no answer to: refused by name where they would change the answer, taken and left where they would not.</summary>
internal static class RefusedFields
{
    private static readonly (string Name, string Why)[] Refused =
    [
        ("previous_response_id", "is not taken: the mesh stores no answers. Send the conversation in input"),
        ("conversation", "is not taken: the mesh stores no conversations. Send it in input"),
        ("prompt", "is not taken: the mesh stores no prompts. Send instructions and input"),
        ("n", "is not a field of this API, which gives one answer; /v1/chat/completions gives more"),
        ("messages", "is not a field of this API; it is called input"),
    ];

    // What they say is about storage, about tools that OpenAI runs itself, or about the client to OpenAI: nothing that an answer could depend on here.
    private static readonly string[] Left = ["store", "max_tool_calls", "client_metadata"];

    public static void Check(FieldReader fields)
    {
        foreach (var (name, why) in Refused)
        {
            if (fields.TryTake(name, out _))
            {
                fields.Fault(name, why);
            }
        }

        foreach (var name in Left)
        {
            fields.TryTake(name, out _);
        }

        fields.Section("stream_options");
        if (fields.Flag("background") is true)
        {
            fields.Fault("background", "must not be true: the mesh stores no answers that could be fetched later");
        }

        if (fields.TryTake("truncation", out var truncation) && !(truncation.ValueKind == JsonValueKind.String && JsonText.Of(truncation) is "auto" or "disabled"))
        {
            fields.Fault("truncation", "must be auto or disabled");
        }
    }
}
