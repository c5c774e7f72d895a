namespace ModelMesh.Registry.Figures;

/// <summary>How this replica tells gateways of its models (section <c>Figures</c>).</summary>
internal sealed class FigureOptions
{
    /// <summary>
    /// How often what has changed is written; oftener where a third of <c>Instances:Ttl</c>, with which the figures expire, is less. From 100 ms to 1 min.
    /// </summary>
    public TimeSpan PublishInterval { get; set; } = TimeSpan.FromSeconds(2);
}
