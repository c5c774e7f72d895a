namespace ModelMesh.Registry.Content;

/// <summary>Whether telemetry may hold what is said to models and by them (section <c>Telemetry</c>).</summary>
internal sealed class CaptureOptions
{
    /// <summary>Whether prompts and answers are attributes of a request's span in the registry. Whoever reads the traces reads them then.</summary>
    public bool CaptureContent { get; set; }

    /// <summary>How many characters of a request's prompts, and how many of its answer, are captured at most; from 1 to 1,048,576.</summary>
    public int MaxContentLength { get; set; } = 16_384;
}
