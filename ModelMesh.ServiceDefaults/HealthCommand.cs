namespace ModelMesh.ServiceDefaults;

/// <summary>
/// Answers <c>--check-health URL</c>: asks a running service for its health and says so by the exit code. Container images without a shell or
/// curl have nothing else to do it with.
/// </summary>
internal static class HealthCommand
{
    private const string Flag = "--check-health";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <returns>Null when it was not asked for; else the exit code: 0 healthy, 1 not, 2 when the address is missing or no absolute http address.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        var at = Array.IndexOf(args, Flag);
        if (at < 0)
        {
            return null;
        }

        if (!Uri.TryCreate(args.ElementAtOrDefault(at + 1), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"{Flag} needs an address, as in {Flag} http://127.0.0.1:8080/health");
            return 2;
        }

        try
        {
            using var client = new HttpClient { Timeout = Limit };
            using var response = await client.GetAsync(address);
            await Console.Out.WriteLineAsync(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {exception.Message}");
            return 1;
        }
    }
}
