namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>How this process follows what registries tell of their models (section <c>Figures</c>).</summary>
public sealed class FigureReadOptions
{
    /// <summary>How often it is read. After three times as long without an answer from the store the figures are shown as stale. From 100 ms to 1 min.</summary>
    public TimeSpan ReadInterval { get; set; } = TimeSpan.FromSeconds(2);
}
