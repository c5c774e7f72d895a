using System.Collections.Concurrent;
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

    // By number, and whether the registry has said that it is there.
    private readonly ConcurrentDictionary<int, bool> _fillers = new();

    /// <summary>Registers a model whose answers follow a plan, and returns when the gateway knows it. Does nothing when it is registered.</summary>
    public async Task RegisterAsync(string name, TokenPlan plan)
    {
        if (!_registered.Contains(name))
        {
            using var response = await _http.PostAsJsonAsync(new Uri(registry, "/models"), Definition(name, plan));
            await SuccessAsync(response, name);
            _registered.Add(name);
        }

        await KnownAsync(name);
    }

    /// <summary>The revision that a model has.</summary>
    public async Task<long> RevisionAsync(string name) => (await _http.GetFromJsonAsync<JsonObject>(PathOf(name)))!["revision"]!.GetValue<long>();

    /// <summary>Makes a new revision of a model, while its streams go on.</summary>
    /// <returns>The revision that it has now.</returns>
    public async Task<long> UpdateAsync(string name, TokenPlan plan)
    {
        using var response = await _http.PutAsJsonAsync(PathOf(name), Definition(name, plan));
        await SuccessAsync(response, name);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["revision"]!.GetValue<long>();
    }

    /// <summary>Registers or deletes models that nobody asks for until there are so many, and returns when the gateway knows the last. One that was broken off is mended by the next.</summary>
    public async Task FillAsync(int count)
    {
        var (plan, eight) = (new TokenPlan(1), new ParallelOptions { MaxDegreeOfParallelism = 8 });
        await Parallel.ForEachAsync(_fillers.Keys.Where(number => number >= count).ToArray(), eight, async (number, cancellationToken) =>
        {
            using var response = await _http.DeleteAsync(PathOf(FillerName(number)), cancellationToken);
            await SuccessAsync(response, FillerName(number), HttpStatusCode.NotFound);
            _fillers.TryRemove(number, out _);
        });
        int[] missing = [.. Enumerable.Range(0, count).Where(number => !_fillers.GetValueOrDefault(number))];
        await Parallel.ForEachAsync(missing, eight, async (number, cancellationToken) =>
        {
            _fillers[number] = false;
            using var response = await _http.PostAsJsonAsync(new Uri(registry, "/models"), Definition(FillerName(number), plan), cancellationToken);
            await SuccessAsync(response, FillerName(number), HttpStatusCode.Conflict);
            _fillers[number] = true;
        });
        if (missing.Length > 0)
        {
            await KnownAsync(FillerName(missing[^1]));
        }
    }

    /// <summary>Deletes every model that is asked for, so that what is registered next is the first.</summary>
    public async Task ClearAsync()
    {
        foreach (var name in _registered.ToArray())
        {
            using var response = await _http.DeleteAsync(PathOf(name));
            await SuccessAsync(response, name, HttpStatusCode.NotFound);
            _registered.Remove(name);
        }
    }

    /// <summary>How many slots of a model are held.</summary>
    public async Task<long> HeldAsync(string name) => (await _http.GetFromJsonAsync<JsonObject>(PathOf(name)))!["active"]!.GetValue<long>();

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

    private static async Task SuccessAsync(HttpResponseMessage response, string name, HttpStatusCode? also = null)
    {
        if (!response.IsSuccessStatusCode && response.StatusCode != also)
        {
            throw new ContenderFault($"{name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }
}
