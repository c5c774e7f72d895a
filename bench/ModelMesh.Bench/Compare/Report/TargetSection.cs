namespace ModelMesh.Bench.Compare.Report;

/// <summary>The targets in the report, and how each is judged.</summary>
internal static class TargetSection
{
    private const string Judged =
        """
        Each figure is a ratio or a difference within a round, and the median over rounds is what counts; in brackets stand the lowest and the highest
        round. A target is missed when more than one request in a thousand failed through the mesh, and not measured when more than one in a hundred failed through what it is set against. A round in which
        portkey added nothing to the p99, or in which what CPU is set against is too little of it for a ratio, cannot be part of one and is left out. CPU of the mesh is that of gateway, registry and store. Store calls are those that requests make (leases, queue, rate limits, kept answers), by the services' own
        metrics; a lease is two of them, one to acquire and one to release it, and a tenth of a call per request is left for those at the edges of a run. What replicas do by the clock is not among them.

        Gaps are judged by the worst round, not by the median, and the longest of all gaps counts. With a second between tokens (`open-5000`) a gap may be late by a whole second before it is twice as long, so there
        the lateness counts, too: by how much gaps were longer than the upstream's, p99 against p99. Its largest value is told and not judged, since one of tens of thousands says more of the machine; direct's stands beside it.

        Answers that are incomplete or out of order count over all rounds, and a single one is too much where directly there was none. Where more than one in a hundred failed directly, too, that is not measured.

        CPU per request with 10,000 models and with 1 is judged beyond CPU without requests: what registered models cost that nobody asks for is no cost of a request. It stands beside it in the table of `scale`, and has no target. A round in which
        less than 0.5 s are left beyond it, with 10,000 models or with 1, is left out.

        More models cost nothing that can be measured when the median ratio is at most 1.05. When it is more, but over three rounds or more at least one was at most 1.05 and the median with 10,000 models
        is not above the highest round with 1 model, runs of the same thing differ by more than what is looked for: then the target counts as not measured, neither reached nor missed.

        That no token allocates anything but its own text is not measured here. Tests hold it: `ChunkAllocationTests` in `tests/ModelMesh.Backends.Tests` for the client of the upstream, `TokenPathTests` in
        `tests/ModelMesh.Registry.Tests` for the registry from the upstream's bytes to the message, `TokenPumpTests` and the formats' tests in `tests/ModelMesh.Gateway.Tests` for the gateway. What Kestrel and gRPC allocate
        for a message, whatever is in it, is theirs; `StreamAllocationTests` bounds it. That a lease is one round trip, and its return another, is `LeaseCommandTests`, which counts commands on the wire.

        """;

    public static string Of(IEnumerable<TargetRow> targets) =>
        "## Targets\n\n"
        + Markdown.Table(["target", "measured", "reached"], targets.Select(row => (IReadOnlyList<string>)
        [
            Markdown.Escape(row.Target),
            Markdown.Escape(row.Measured),
            Reached(row.Reached),
        ]), figures: false)
        + "\n" + Judged + "\n";

    public static string Reached(bool? reached) => reached switch
    {
        true => "yes",
        false => "**no**",
        null => "not measured",
    };
}
