namespace ModelMesh.Gateway.RateLimits;

/// <summary>What the buckets said.</summary>
/// <param name="Granted">False: one of them had not enough, and nothing was taken of any.</param>
/// <param name="States">What is in them now, in the order in which they were asked.</param>
internal sealed record TakeAnswer(bool Granted, IReadOnlyList<BucketState> States);
