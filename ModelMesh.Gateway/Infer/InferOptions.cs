namespace ModelMesh.Gateway.Infer;

/// <summary>How answers are streamed (section <c>Infer</c>).</summary>
internal sealed class InferOptions
{
    /// <summary>How long a stream may be silent before a comment line keeps its connection alive; from 100 milliseconds to 1 day.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}
