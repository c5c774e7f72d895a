namespace ModelMesh.Gateway.Models.Figures;

/// <summary>How this gateway follows what registries tell of their models (section <c>Figures</c>).</summary>
internal sealed class FigureOptions
{
    /// <summary>How often it is read. After three times as long without an answer from the store the figures are shown as stale. From 100 ms to 1 min.</summary>
    public TimeSpan ReadInterval { get; set; } = TimeSpan.FromSeconds(2);
}
