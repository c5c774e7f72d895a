namespace ModelMesh.Cli.Running;

/// <summary>What the process ends with. Documented in <c>mesh --help</c> and docs/cli.md; scripts rely on them.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotReachable = 3;
    public const int NotFound = 4;
    public const int Conflict = 5;
    public const int Cancelled = 130;

    // What shells give for a program that SIGPIPE ended.
    public const int OutputGone = 141;

    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Ok, "done"),
        (Failed, "refused or failed by the mesh, or what was watched ended badly"),
        (Usage, "wrong usage; nothing was sent"),
        (NotReachable, "the registry or the gateway cannot be reached or does not answer in time"),
        (NotFound, "no such model, version, rollout, entry or request"),
        (Conflict, "a conflict with the present state, or another revision than the one that was read"),
        (Cancelled, "ended by Ctrl+C or SIGTERM, or the question was answered with no"),
        (OutputGone, "ended because nobody reads standard output any more, as behind head"),
    ];

    /// <summary>Of an answer that is an error. A path that the service does not have is no missing model, nor is what another server has to say.</summary>
    public static int Of(int status, string? code) => (status, code) switch
    {
        (404, not (null or "invalid_request")) => NotFound,
        (409 or 412, _) => Conflict,
        _ => Failed,
    };
}
