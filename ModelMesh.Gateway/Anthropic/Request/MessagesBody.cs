using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>The body of <c>POST /v1/messages</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class MessagesBody
{
    private const int MaxUserIdLength = 1024;

    // They say how the request is billed, cached and looked into, and nothing of the answer.
    private static readonly string[] OfNoEffect = ["cache_control", "service_tier", "speed", "diagnostics", "user_profile_id", "workspace_id"];

    private static readonly (string Field, string Reason)[] Unsupported =
    [
        ("container", "is not supported: nothing is run here"),
        ("mcp_servers", "is not supported: tools are called by the client"),
        ("inference_geo", "is not supported: where a model's backend runs is not known here"),
        ("n", "is not a field of this API, which gives one answer; /v1/chat/completions gives more"),
    ];

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static MessagesExchange Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        var model = fields.Text("model", ModelReference.MaxLength) ?? "";
        var hints = RoutingHintsReader.Peek(fields);
        var options = SamplingReader.Read(fields);
        var stream = fields.Flag("stream") ?? false;
        var conversation = new Conversation();
        SystemReader.Read(fields, conversation, faults);
        MessagesReader.Read(fields, conversation, faults);
        var tools = ToolsReader.Read(fields, faults);
        var (toolChoice, parallel) = ToolChoiceReader.Read(fields, tools, faults);
        var output = OutputReader.Read(fields, faults);
        var thinking = ThinkingReader.Read(fields, output.Effort, faults);
        var user = ReadUser(fields, faults);
        RefuseUnsupported(fields);
        options.ReasoningEffort = thinking.Effort;
        options.ExtraJson = fields.TakeTheRest();
        faults.ThrowIfAny();
        var request = new ChatRequest
        {
            Model = model,
            IsReference = true,
            Lenient = true,
            HashKey = user,
            Hints = hints,
            Messages = conversation.Messages,
            Options = options,
            Tools = tools,
            ToolChoice = toolChoice,
            ParallelToolCalls = parallel,
            ResponseFormat = output.Format,
        };
        return new MessagesExchange { Request = request, Stream = stream, ShowsThinking = thinking.IsShown, Fields = new ClientFields(conversation, output.Field) };
    }

    // One user's requests go to one version, as far as weights allow: who is being served does not change models in the middle of a conversation.
    private static string? ReadUser(FieldReader fields, FaultList faults)
    {
        var user = fields.Section("metadata") is { } metadata ? new FieldReader(metadata, "metadata", faults).Text("user_id", MaxUserIdLength) : null;
        return string.IsNullOrEmpty(user) ? null : user;
    }

    private static void RefuseUnsupported(FieldReader fields)
    {
        foreach (var name in OfNoEffect)
        {
            fields.TryTake(name, out _);
        }

        foreach (var (field, reason) in Unsupported)
        {
            if (fields.TryTake(field, out var value) && !IsEmpty(value))
            {
                fields.Fault(field, reason);
            }
        }

        ContextManagementReader.Check(fields);
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
