using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>The mesh's catalog and metrics, as an operator changes and reads them. Not for use by two callers at once.</summary>
internal sealed class MeshAdmin(Uri upstream, Uri registry, Uri gateway, StartedProgram gatewayProgram) : IDisposable
{
    private const int MostAtOnce = 20_000;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };
    private readonly HashSet<string> _registered = new(StringComparer.Ordinal);

    /// <summary>Registers a model whose answers follow a plan, and returns when the gateway knows it. Does nothing when it is registered.</summary>
    public async Task RegisterAsync(string name, TokenPlan plan)
    {
        if (!_registered.Add(name))
        {
            return;
        }

        using var response = await _http.PostAsJsonAsync(new Uri(registry, "/models"), Definition(name, plan));
        await SuccessAsync(response, name);
        await KnownAsync(name);
    }

    /// <summary>Makes a new revision of a model, while its streams go on.</summary>
    /// <returns>The revision that it has now.</returns>
    public async Task<long> UpdateAsync(string name, TokenPlan plan)
    {
        using var response = await _http.PutAsJsonAsync(PathOf(name), Definition(name, plan));
        await SuccessAsync(response, name);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["revision"]!.GetValue<long>();
    }

    /// <summary>Registers models that nobody asks for, from one number to another, and returns when the gateway knows the last.</summary>
    public async Task FillAsync(int from, int to)
    {
        var plan = new TokenPlan(1);
        await Parallel.ForEachAsync(Enumerable.Range(from, Math.Max(0, to - from)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellationToken) =>
        {
            using var response = await _http.PostAsJsonAsync(new Uri(registry, "/models"), Definition(FillerName(number), plan), cancellationToken);
            await SuccessAsync(response, FillerName(number));
        });
        if (to > from)
        {
            await KnownAsync(FillerName(to - 1));
        }
    }

    /// <summary>Deletes what <see cref="FillAsync"/> registered.</summary>
    public Task EmptyAsync(int from, int to) =>
        Parallel.ForEachAsync(Enumerable.Range(from, Math.Max(0, to - from)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancellationToken) =>
        {
            using var response = await _http.DeleteAsync(PathOf(FillerName(number)), cancellationToken);
            await SuccessAsync(response, FillerName(number));
        });

    /// <summary>Deletes every model that is asked for, so that what is registered next is the first.</summary>
    public async Task ClearAsync()
    {
        foreach (var name in _registered)
        {
            using var response = await _http.DeleteAsync(PathOf(name));
            await SuccessAsync(response, name);
        }

        _registered.Clear();
    }

    /// <summary>Waits until nobody holds a slot of a model.</summary>
    /// <exception cref="ContenderFault">Somebody still does after ten seconds.</exception>
    public Task LetGoAsync(string name) => gatewayProgram.ReadyAsync(
        async () => (int?)JsonNode.Parse(await _http.GetStringAsync(PathOf(name)))!["active"] == 0,
        TimeSpan.FromSeconds(10));

    /// <summary>How often gateway and registry have asked the store, and for how long they waited for it, since they started.</summary>
    public async Task<StoreUse> StoreUseAsync() =>
        StoreUse.Read(await _http.GetStringAsync(new Uri(registry, "/metrics"))) + StoreUse.Read(await _http.GetStringAsync(new Uri(gateway, "/metrics")));

    public void Dispose() => _http.Dispose();

    private static string FillerName(int number) => $"filler-{number}";

    private Uri PathOf(string name) => new(registry, $"/models/{name}/versions/v1");

    private JsonObject Definition(string name, TokenPlan plan) => new()
    {
        ["name"] = name,
        ["version"] = "v1",
        ["backend_type"] = "vllm",
        ["max_concurrency"] = MostAtOnce,
        ["backend"] = new JsonObject { ["endpoint"] = new Uri(upstream, "/v1").ToString(), ["model"] = plan.ModelName },
    };

    private async Task KnownAsync(string name) =>
        await gatewayProgram.ReadyAsync(
            async () =>
            {
                using var response = await _http.GetAsync(new Uri(gateway, $"/v1/models/{name}"));
                return response.StatusCode == HttpStatusCode.OK;
            },
            TimeSpan.FromSeconds(30));

    private static async Task SuccessAsync(HttpResponseMessage response, string name)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new ContenderFault($"{name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }
}
