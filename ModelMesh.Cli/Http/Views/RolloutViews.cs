namespace ModelMesh.Cli.Http.Views;

internal sealed record RolloutListView(IReadOnlyList<RolloutView> Rollouts);

internal sealed record RolloutView(
    string RequestId, string Model, string From, string To, string Strategy, string Status, string Message, int Step, IReadOnlyDictionary<string, double> TrafficSplit,
    RolloutSidesView Figures, IReadOnlyList<int> Steps, double StepDuration, int MinRequests, DateTimeOffset? Start, DateTimeOffset? End, DateTimeOffset CreatedAt)
{
    public bool HasEnded => Status is "completed" or "failed" or "rolled_back";
}

internal sealed record RolloutSidesView(RolloutFiguresView From, RolloutFiguresView To);

internal sealed record RolloutFiguresView(string Version, long Requests, long Failures, double ErrorRate, double? TtftP95Ms);
