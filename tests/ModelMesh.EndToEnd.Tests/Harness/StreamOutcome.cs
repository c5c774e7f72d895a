namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>What a client saw of one request, from the first byte to the last.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">The tokens, joined.</param>
/// <param name="Tokens">How many token events came.</param>
/// <param name="Last">The last event: <c>done</c> or <c>error</c>; <c>cut: </c> and the reason when the connection broke, <c>token</c> when the stream ended with neither, null when there was none.</param>
/// <param name="ErrorCode">The code of a refusal or of the error event.</param>
/// <param name="Revision">The revision that the headers name.</param>
/// <param name="Instance">The instance that the headers name.</param>
/// <param name="RetryAfter">The Retry-After header.</param>
/// <param name="Elapsed">From sending to the end.</param>
/// <param name="DoneRevision">The revision that <c>done</c> names.</param>
internal sealed record StreamOutcome(
    int Status, string Text, int Tokens, string? Last, string? ErrorCode, long? Revision, string? Instance, string? RetryAfter, TimeSpan Elapsed, long? DoneRevision)
{
    public bool IsComplete => Status == 200 && Last == "done";
}
