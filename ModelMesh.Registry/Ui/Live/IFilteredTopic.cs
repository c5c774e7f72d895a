namespace ModelMesh.Registry.Ui.Live;

/// <summary>A topic of which each page sees the part that it asks for, as <c>name:filter</c>. Thread-safe.</summary>
internal interface IFilteredTopic
{
    /// <summary>What pages ask for, before the colon: lower-case letters.</summary>
    string Name { get; }

    /// <summary>That part, for as long as a page asks for it.</summary>
    /// <param name="filter">As a query without its question mark, percent-encoded; may be empty.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every fault.</exception>
    ILiveTopic Of(string filter);
}
