namespace ModelMesh.Gateway.RateLimits;

/// <summary>What a limit counts.</summary>
internal enum BucketKind
{
    Requests,
    Tokens,
}
