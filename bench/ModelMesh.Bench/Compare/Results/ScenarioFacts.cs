namespace ModelMesh.Bench.Compare.Results;

/// <summary>What a reader has to know of a scenario.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">A few words.</param>
/// <param name="What">A sentence: what is sent, and what is looked at.</param>
/// <param name="Focus">Which figures say most about it, in the order in which they are shown first.</param>
internal sealed record ScenarioFacts(string Name, string Title, string What, IReadOnlyList<Figure> Focus)
{
    /// <summary>Whether other figures say nothing: what is measured is a part of what the clients do.</summary>
    public bool FocusOnly { get; init; }
}
