using System.Runtime.CompilerServices;

namespace ModelMesh.Cli.Http;

/// <summary>The registry's HTTP API (see its <c>/docs</c>), call by call. Every call throws <see cref="Running.CommandFailure"/> where it fails. Safe for use by several threads.</summary>
internal sealed class RegistryClient(ApiConnection connection) : IDisposable
{
    public Task<ApiAnswer> ModelsAsync(string query, CancellationToken cancellationToken) => GetAsync($"models{query}", cancellationToken);

    public Task<ApiAnswer> ModelAsync(string name, CancellationToken cancellationToken) => GetAsync($"models/{Part(name)}", cancellationToken);

    public Task<ApiAnswer> VersionAsync(string name, string version, CancellationToken cancellationToken) => GetAsync(VersionPath(name, version), cancellationToken);

    public Task<ApiAnswer> RegisterAsync(string body, CancellationToken cancellationToken) => connection.SendAsync(HttpMethod.Post, "models", body, null, cancellationToken);

    /// <param name="revision">The one that the change is about.</param>
    public Task<ApiAnswer> UpdateAsync(string name, string version, string body, long revision, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Put, VersionPath(name, version), body, $"\"{revision}\"", cancellationToken);

    /// <param name="drain">True: nothing new is admitted, and it is deleted when idle.</param>
    public Task<ApiAnswer> DeleteAsync(string name, string version, bool drain, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Delete, VersionPath(name, version) + (drain ? "?drain=true" : ""), null, null, cancellationToken);

    public Task<ApiAnswer> WeightsAsync(string name, CancellationToken cancellationToken) => GetAsync($"models/{Part(name)}/weights", cancellationToken);

    public Task<ApiAnswer> SetWeightsAsync(string name, string body, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Put, $"models/{Part(name)}/weights", body, null, cancellationToken);

    public Task<ApiAnswer> ShadowAsync(string name, string version, CancellationToken cancellationToken) => GetAsync($"{VersionPath(name, version)}/shadow", cancellationToken);

    public Task<ApiAnswer> ResetShadowAsync(string name, string version, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Delete, $"{VersionPath(name, version)}/shadow", null, null, cancellationToken);

    public Task<ApiAnswer> RolloutsAsync(string name, CancellationToken cancellationToken) => GetAsync($"models/{Part(name)}/rollouts", cancellationToken);

    public Task<ApiAnswer> RolloutAsync(string name, string id, CancellationToken cancellationToken) => GetAsync(RolloutPath(name, id), cancellationToken);

    public Task<ApiAnswer> StartRolloutAsync(string name, string body, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Post, $"models/{Part(name)}/rollouts", body, null, cancellationToken);

    /// <param name="move"><c>pause</c>, <c>resume</c> or <c>abort</c>.</param>
    public Task<ApiAnswer> MoveRolloutAsync(string name, string id, string move, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Post, $"{RolloutPath(name, id)}/{move}", null, null, cancellationToken);

    public IAsyncEnumerable<ServerEvent> FollowRolloutAsync(string name, string id, CancellationToken cancellationToken) =>
        FollowAsync($"{RolloutPath(name, id)}/events", cancellationToken);

    /// <param name="collection"><c>aliases</c>, <c>rules</c>, <c>limits</c> or <c>callers</c>; <c>routing</c>, which is one alone.</param>
    public Task<ApiAnswer> EntriesAsync(string collection, CancellationToken cancellationToken) => GetAsync(collection, cancellationToken);

    public Task<ApiAnswer> EntryAsync(string collection, string name, CancellationToken cancellationToken) => GetAsync($"{collection}/{Part(name)}", cancellationToken);

    /// <param name="name">Null for what is one alone.</param>
    public Task<ApiAnswer> PutEntryAsync(string collection, string? name, string body, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Put, name is null ? collection : $"{collection}/{Part(name)}", body, null, cancellationToken);

    public Task<ApiAnswer> DeleteEntryAsync(string collection, string name, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Delete, $"{collection}/{Part(name)}", null, null, cancellationToken);

    public Task<ApiAnswer> ExplainAsync(string body, CancellationToken cancellationToken) => connection.SendAsync(HttpMethod.Post, "rules/explain", body, null, cancellationToken);

    public Task<ApiAnswer> BackendsAsync(CancellationToken cancellationToken) => GetAsync("backends", cancellationToken);

    public Task<ApiAnswer> InstancesAsync(CancellationToken cancellationToken) => GetAsync("instances", cancellationToken);

    public Task<ApiAnswer> RequestsAsync(string query, CancellationToken cancellationToken) => GetAsync($"requests{query}", cancellationToken);

    /// <param name="instance">Only there; null: wherever it runs.</param>
    public Task<ApiAnswer> CancelRequestAsync(string id, string? instance, CancellationToken cancellationToken) =>
        connection.SendAsync(HttpMethod.Delete, $"requests/{Part(id)}{(instance is null ? "" : $"?instance={Part(instance)}")}", null, null, cancellationToken);

    public Task<ApiAnswer> ClearCacheAsync(CancellationToken cancellationToken) => connection.SendAsync(HttpMethod.Delete, "cache", null, null, cancellationToken);

    /// <summary>Also where it says that it is not healthy.</summary>
    public Task<ApiAnswer> HealthAsync(CancellationToken cancellationToken) => connection.SendAsync(HttpMethod.Get, "health", null, null, cancellationToken, accepted: 503);

    public IAsyncEnumerable<ServerEvent> EventsAsync(CancellationToken cancellationToken) => FollowAsync("events", cancellationToken);

    public void Dispose() => connection.Dispose();

    private static string Part(string text) => Uri.EscapeDataString(text);

    private static string VersionPath(string name, string version) => $"models/{Part(name)}/versions/{Part(version)}";

    private static string RolloutPath(string name, string id) => $"models/{Part(name)}/rollouts/{Part(id)}";

    private Task<ApiAnswer> GetAsync(string path, CancellationToken cancellationToken) => connection.SendAsync(HttpMethod.Get, path, null, null, cancellationToken);

    private async IAsyncEnumerable<ServerEvent> FollowAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await connection.OpenAsync(HttpMethod.Get, path, body: null, cancellationToken);
        await foreach (var next in EventReader.ReadAsync(response, cancellationToken))
        {
            yield return next;
        }
    }
}
