using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Contracts.Figures;

/// <summary>
/// The fields of the hash that a replica writes beside its instance record: one for each model version, named by <see cref="ModelId.ToString"/>, and these
/// two, which no model can have for a name, since its id holds an <c>@</c>.
/// </summary>
public static class FigureFields
{
    /// <summary>How the entries are written. A reader leaves a hash alone whose format is newer than its own.</summary>
    public const string Format = "format";

    /// <summary>A number that differs after every change of the hash, so that a reader need not read what it has.</summary>
    public const string Sequence = "sequence";

    /// <summary>The format of <see cref="ModelFigures"/>.</summary>
    public const int CurrentFormat = 1;
}
