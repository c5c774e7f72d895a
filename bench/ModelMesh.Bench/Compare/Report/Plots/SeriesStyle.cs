namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>A contender has the same colour in every plot; variants of it differ by their dashes.</summary>
internal static class SeriesStyle
{
    private static readonly string[] DashesByVariant = ["", "9 4", "4 3", "1.5 3"];

    public static string Of(View view) => ContenderNames.Order(view.Contender) > ContenderNames.Order(ContenderNames.Mesh) ? "other"
        : view.WithStore ? view.Contender
        : "mesh-part";

    public static string Dashes(int index) => DashesByVariant[index % DashesByVariant.Length];
}
