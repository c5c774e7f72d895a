using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Answers;

/// <summary>The arguments of calls for APIs that have them as an object, where backends have the text that the model wrote.</summary>
internal static class CallArguments
{
    /// <summary>Whether an answer that ended for this reason was cut: its last call need not be whole then, and nobody can make it.</summary>
    public static bool MayBeCut(string finishReason) => finishReason is "length" or "content_filter";

    /// <summary>The calls that can be made.</summary>
    /// <exception cref="MeshException"><c>backend_error</c>: the arguments of a call are no object, though the answer was not cut.</exception>
    public static IReadOnlyList<WholeToolCall> Whole(IReadOnlyCollection<WholeToolCall> calls, string finishReason)
    {
        var whole = calls.Where(call => Read(call.Arguments) is not null).ToList();
        return whole.Count == calls.Count || MayBeCut(finishReason) ? whole : throw NoObject(calls.First(call => Read(call.Arguments) is null).Name);
    }

    /// <summary>Of a tool that takes nothing models often write nothing: that is an empty object. Null for what is no object, or holds text that no JSON writer writes again.</summary>
    public static JsonElement? Read(string arguments)
    {
        try
        {
            var read = JsonElement.Parse(string.IsNullOrWhiteSpace(arguments) ? "{}" : arguments);
            return read.ValueKind == JsonValueKind.Object && JsonText.IsUnicode(read) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static MeshException NoObject(string tool) => new(ErrorCode.BackendError, $"The model called the tool '{tool}' with arguments that are no JSON object.");
}
