namespace ModelMesh.Gateway.RateLimits;

/// <summary>What is taken of a bucket: one request, or tokens; less than zero puts back.</summary>
internal readonly record struct BucketDemand(LimitBucket Bucket, long Amount);
