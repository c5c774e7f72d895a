namespace ModelMesh.Feed;

/// <param name="To">The clone's folder feed.</param>
/// <param name="Revision">Names the set of packages; a new one is made anew.</param>
/// <param name="ErrorFile">Where the one error line goes.</param>
internal sealed record FillArguments(string To, string Revision, string ErrorFile)
{
    public static FillArguments Parse(string[] args) =>
        args is ["--to", var to, "--revision", var revision, "--error-file", var errorFile]
            ? new FillArguments(Path.GetFullPath(to), revision, Path.GetFullPath(errorFile))
            : throw new ArgumentException("usage: FillFeed --to <folder> --revision <text> --error-file <file>", nameof(args));
}
