namespace ModelMesh.Cli.Http;

/// <summary>What the program uses of the gateway's HTTP API. Every call throws <see cref="Running.CommandFailure"/> where it fails. Safe for use by several threads.</summary>
internal sealed class GatewayClient(ApiConnection connection) : IDisposable
{
    /// <summary>Begins an answer of <c>POST /v1/stream_infer</c>, which is <c>/infer</c> that also takes <c>name@version</c> as a model. Its status is known when this returns.</summary>
    public async Task<AnswerStream> InferAsync(string body, CancellationToken cancellationToken) =>
        new(await connection.OpenAsync(HttpMethod.Post, "v1/stream_infer", body, cancellationToken));

    /// <summary><c>POST /v1/infer</c>: the whole answer as one document. It may take as long as it likes.</summary>
    public Task<string> WholeAnswerAsync(string body, CancellationToken cancellationToken) => connection.ReadAsync(HttpMethod.Post, "v1/infer", body, cancellationToken);

    public Task<ApiAnswer> ModelsAsync(CancellationToken cancellationToken) => connection.SendAsync(HttpMethod.Get, "v1/models", null, null, cancellationToken);

    /// <summary>Also where it says that it is not healthy.</summary>
    public Task<ApiAnswer> HealthAsync(CancellationToken cancellationToken) => connection.SendAsync(HttpMethod.Get, "health", null, null, cancellationToken, accepted: 503);

    public void Dispose() => connection.Dispose();
}
