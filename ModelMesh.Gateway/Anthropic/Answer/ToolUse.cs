using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>What a call has to have in this API.</summary>
internal static class ToolUse
{
    public static MeshException NoName() => new(ErrorCode.BackendError, "The model called a tool without its name.");

    /// <summary>A call's id where its backend gave none: a result has to say which call it answers.</summary>
    public static string IdOf(string id, string requestId, int index) => id.Length > 0 ? id : $"toolu_{requestId}_{index}";
}
