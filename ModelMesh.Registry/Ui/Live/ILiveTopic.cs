namespace ModelMesh.Registry.Ui.Live;

/// <summary>One kind of what pages show live. It is read once for all pages that are open, and what differs from the last time is sent.</summary>
internal interface ILiveTopic
{
    /// <summary>What pages ask for, and the name of its events: lower-case letters.</summary>
    string Name { get; }

    /// <summary>All there is now: by key, each value as JSON. Called by one caller at a time, about once a second while a page asks for it. Must not throw because the store is away.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken);
}
