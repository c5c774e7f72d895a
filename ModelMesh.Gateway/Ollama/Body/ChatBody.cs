using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.Gateway.Ollama.Answers;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>The body of <c>POST /api/chat</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class ChatBody
{
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static OllamaRequest Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        var messages = MessagesField.Read(fields, faults);
        var tools = ToolsReader.Read(fields, faults);
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
                Tools = tools,
                Options = shared.Options,
                NativeOptions = shared.NativeOptions,
                ResponseFormat = shared.Format,
            },
            Stream = shared.Stream,
            Form = PieceForm.Chat,
            OnlyLoads = messages.Count > 0 ? null : shared.Unloads ? "unload" : "load",
        };
    }
}
