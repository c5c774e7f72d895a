using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Ollama.Answers;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>The body of <c>POST /api/generate</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class GenerateBody
{
    private static readonly string[] Unsupported = ["suffix", "template", "context", "raw"];

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static OllamaRequest Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        var messages = ReadMessages(fields, faults);
        RefuseUnsupported(fields);
        var shared = SharedFields.Read(fields, faults);
        faults.ThrowIfAny();
        return new OllamaRequest
        {
            Chat = new ChatRequest
            {
                Model = shared.Model,
                IsReference = true,
                DefaultTag = OllamaModel.DefaultTag,
                Lenient = true,
                Messages = messages,
                Options = shared.Options,
                NativeOptions = shared.NativeOptions,
                ResponseFormat = shared.Format,
            },
            Stream = shared.Stream,
            Form = PieceForm.Generate,
            OnlyLoads = messages.Count > 0 ? null : shared.Unloads ? "unload" : "load",
        };
    }

    /// <summary>None where there is nothing that the model could answer.</summary>
    private static List<ChatMessage> ReadMessages(FieldReader fields, FaultList faults)
    {
        var system = fields.Text("system", int.MaxValue) ?? "";
        var prompt = new ChatMessage { Role = "user", Content = fields.Text("prompt", int.MaxValue) ?? "" };
        var images = ImagesField.Read(fields, "", faults);
        if (prompt.Content.Length == 0 && images.Count == 0)
        {
            return [];
        }

        if (images.Count > 0)
        {
            MessagesField.TextAndImages(prompt, images);
        }

        return system.Length == 0 ? [prompt] : [new ChatMessage { Role = "system", Content = system }, prompt];
    }

    // Clients send them empty, too; only what they say something with cannot be had.
    private static void RefuseUnsupported(FieldReader fields)
    {
        foreach (var name in Unsupported)
        {
            if (fields.TryTake(name, out var value) && !SaysNothing(value))
            {
                fields.Fault(name, "cannot be had: the mesh talks to models in messages, and no backend's own text or tokens pass through it");
            }
        }
    }

    private static bool SaysNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.String => value.ValueEquals(""u8),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
