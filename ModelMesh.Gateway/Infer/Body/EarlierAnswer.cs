using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>What else an assistant's message holds where clients of a compatible API send back the answer that they were given.</summary>
internal static class EarlierAnswer
{
    public static void Read(FieldReader fields, ChatMessage message)
    {
        if (fields.TryTake("function_call", out _))
        {
            fields.Fault("function_call", "is not taken; give the call in tool_calls");
        }

        // Without content the refusal is what was said, and every backend knows what to do with that.
        if (!fields.Has("content") && fields.Has("refusal"))
        {
            message.Content = fields.Text("refusal", int.MaxValue) ?? "";
        }
    }
}
