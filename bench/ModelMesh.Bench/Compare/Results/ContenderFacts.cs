namespace ModelMesh.Bench.Compare.Results;

/// <summary>What a reader has to know of a contender.</summary>
/// <param name="Name">Its name on the command line: <c>direct</c>, <c>nginx</c>, <c>portkey</c> or <c>mesh</c>.</param>
/// <param name="Title">As <c>nginx 1.22.1</c>.</param>
/// <param name="What">How it is configured.</param>
/// <param name="Missing">Why it took no part; null when it did.</param>
internal sealed record ContenderFacts(string Name, string Title, string What, string? Missing);
