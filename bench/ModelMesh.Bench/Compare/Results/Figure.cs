namespace ModelMesh.Bench.Compare.Results;

/// <summary>A figure of a run.</summary>
internal enum Figure
{
    RequestsPerSecond,
    TokensPerSecond,
    FirstToken,
    Gap,
    Total,
    CpuPerToken,
    CpuPerRequest,
    CpuShare,
    CpuBeyondIdle,
    Memory,
}
