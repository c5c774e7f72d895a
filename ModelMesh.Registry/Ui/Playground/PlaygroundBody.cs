using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.ServiceDefaults.Json;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>The body of <c>POST /ui/playground/stream</c> as a pure function.</summary>
internal static class PlaygroundBody
{
    private const int MaxVersionLength = 200;
    private const string Messages = "messages";
    private static readonly string[] Roles = ["system", "user", "assistant"];

    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static PlaygroundRequest Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var namesModel = fields.Has("model");
        var model = fields.Text("model", ModelReference.MaxLength);
        var version = fields.Text("version", MaxVersionLength);
        if (version is "")
        {
            fields.Fault("version", "must not be empty; leave it out where any version will do");
        }
        else if (version is not null && (model is "" || !namesModel))
        {
            fields.Fault("version", "needs model beside it");
        }

        var request = new PlaygroundRequest(
            model ?? "",
            version,
            ReadMessages(fields, faults),
            (float?)fields.Number("temperature", 0, 2),
            (int?)fields.WholeNumber("max_tokens", 1, int.MaxValue),
            fields.WholeNumber("seed", long.MinValue, long.MaxValue));
        fields.RefuseTheRest();
        faults.ThrowIfAny();
        return request;
    }

    private static List<ChatMessage> ReadMessages(FieldReader fields, FaultList faults)
    {
        List<ChatMessage> read = [];
        if (!fields.TryTake(Messages, out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            fields.Fault(Messages, "must be an array of at least one message");
            return read;
        }

        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var path = FieldPath.At(Messages, index);
            if (message.ValueKind != JsonValueKind.Object)
            {
                faults.Add(path, "must be an object with role and content");
                continue;
            }

            var parts = new FieldReader(message, path, faults);
            var role = parts.OneOf("role", Roles) ?? "user";
            var content = parts.RequiredText("content", int.MaxValue);
            parts.RefuseTheRest();
            read.Add(new ChatMessage(new ChatRole(role), content));
        }

        return read;
    }
}
