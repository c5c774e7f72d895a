namespace ModelMesh.Bench.Compare.Report;

/// <summary>What a figure is set against, within the same round.</summary>
internal enum Against
{
    Nothing,
    Direct,
    Nginx,
}
