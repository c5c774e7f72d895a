namespace ModelMesh.Registry.Requests;

/// <summary>The requests that all live replicas handle at this moment, this one's among them. Needs no store: replicas ask one another. Thread-safe.</summary>
internal interface IMeshRequests
{
    /// <summary>Never fails for a replica that does not answer: it is named in what comes back.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    Task<MeshRequestList> ListAsync(RequestFilter filter, CancellationToken cancellationToken);

    /// <summary>Tells every request of an id to end, and its copies for shadow versions. Each is about to end when this returns, unless its backend does not heed that.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="instance">The one replica to end it at; null for wherever it runs.</param>
    /// <param name="by">Who ends it, for the log: an operator's address.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    Task<CancelOutcome> CancelAsync(string id, string? instance, string by, CancellationToken cancellationToken);
}
