using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>A column: one figure of a run.</summary>
/// <param name="Unit">As it is written after the number, with its space where one belongs.</param>
/// <param name="Of">The figure; null where the run has none.</param>
internal sealed record Measure(Figure Figure, string Title, string Unit, Against Against, Func<View, RunResult, double?> Of)
{
    /// <summary>Shown as the difference to what it is set against, not as a ratio.</summary>
    public bool Added { get; init; }

    /// <summary>Differs between the views of one contender.</summary>
    public bool OfPrograms { get; init; }

    /// <summary>Shown only for scenarios that are about it.</summary>
    public bool OnlyInFocus { get; init; }

    /// <summary>Its value is of complete answers, or of what came before an answer failed: with failures, of less than was asked for.</summary>
    public bool OfAnswers { get; init; }

    /// <summary>Whether the figure of a run is told finely enough for others to be set against it.</summary>
    public Func<View, RunResult, bool> CarriesRatios { get; init; } = static (_, _) => true;

    public string Text(double value) => Numbers.Figure(value) + Unit;
}
