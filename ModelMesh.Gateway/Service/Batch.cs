namespace ModelMesh.Gateway.Service;

/// <summary>The requests of one <c>POST /v1/batch_infer</c>.</summary>
/// <param name="Items">In the order of the body.</param>
/// <param name="IsObject">Whether the body is an object that holds them, and the answer is to be one as well.</param>
internal sealed record Batch(IReadOnlyList<BatchItem> Items, bool IsObject);
