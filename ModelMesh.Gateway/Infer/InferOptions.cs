namespace ModelMesh.Gateway.Infer;

/// <summary>How answers are streamed (section <c>Infer</c>).</summary>
internal sealed class InferOptions
{
    /// <summary>How long a stream may be silent before a comment line keeps its connection alive; at least 100 milliseconds.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}
