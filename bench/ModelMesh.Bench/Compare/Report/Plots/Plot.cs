namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>A picture in the report.</summary>
/// <param name="File">Its name in the folder of plots.</param>
internal sealed record Plot(string File, string Title, string Svg);
