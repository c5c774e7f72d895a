namespace ModelMesh.Registry.Requests;

/// <summary>How many requests there are, by state.</summary>
internal sealed record RequestTotals(int Requests, int Queued, int Waiting, int Streaming)
{
    public static RequestTotals None { get; } = new(0, 0, 0, 0);

    public static RequestTotals operator +(RequestTotals left, RequestTotals right) =>
        new(left.Requests + right.Requests, left.Queued + right.Queued, left.Waiting + right.Waiting, left.Streaming + right.Streaming);
}
