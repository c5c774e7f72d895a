using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Requests;

/// <summary>What is known of a request when it comes.</summary>
/// <param name="Operation"><c>infer</c> or <c>embed</c>.</param>
/// <param name="Shadow">Whether it is a copy for a shadow version.</param>
internal sealed record RequestArrival(string RequestId, string Operation, ModelId Model, int Priority, bool Shadow, RequestClient? Client)
{
    public const string Infer = "infer";

    public const string Embed = "embed";

    private const string CopyOf = "-shadow";

    /// <summary>Whether it is the request of that id, or a copy of it.</summary>
    public bool IsOf(string id) =>
        string.Equals(RequestId, id, StringComparison.Ordinal)
        || (Shadow && RequestId.Length == id.Length + CopyOf.Length && RequestId.StartsWith(id, StringComparison.Ordinal) && RequestId.EndsWith(CopyOf, StringComparison.Ordinal));
}
