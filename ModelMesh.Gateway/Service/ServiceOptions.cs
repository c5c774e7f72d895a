namespace ModelMesh.Gateway.Service;

/// <summary>Calls that hold several requests (section <c>Service</c>): <c>/v1/batch_infer</c>, and <c>/v1/completions</c> with several prompts.</summary>
internal sealed class ServiceOptions
{
    /// <summary>The most requests that one call may hold; from 1 to 10,000. More are answered with <c>invalid_request</c>.</summary>
    public int MaxBatch { get; set; } = 256;

    /// <summary>The most requests of one call that run at once; from 1 to 1,000. A model's own limit holds all the same.</summary>
    public int BatchParallelism { get; set; } = 8;
}
