namespace ModelMesh.Bench.Compare.Report;

/// <summary>The targets in the report, and how each is judged.</summary>
internal static class TargetSection
{
    private const string Judged =
        """
        Each figure is a ratio or a difference within a round, and the median over rounds is what counts; in brackets stand the lowest and the highest
        round. A target is missed when more than one request in a thousand failed through the mesh, and not measured when more than one in a hundred failed through what it is set against. A round in which
        portkey added nothing to the p99 cannot be part of a ratio and is left out. CPU of the mesh is that of gateway, registry and store. More models cost nothing that can be
        measured when the median ratio is at most 1.05; or when, over three rounds or more, at least one round was at most 1.05 and the median with 10,000 models is not above the highest
        round with 1 model. Store calls are those that requests make (leases, queue, rate limits, kept answers), by the services' own
        metrics; a lease is two of them, one to acquire and one to release it, and a tenth of a call per request is left for those at the edges of a run. What replicas do by the clock is not among them.

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
