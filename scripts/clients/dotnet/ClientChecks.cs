using System.Text.Json.Nodes;

namespace ModelMesh.Scripts.Clients;

/// <summary>Runs a .NET client's checks: each for a time only, and one that fails leaves the others to go on.</summary>
internal sealed class ClientChecks(ClientModels models, Checks checks, CancellationToken stop)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreedWithin = TimeSpan.FromSeconds(5);
    private static readonly HttpClient Http = new();

    public Task CheckAsync(string what, Func<CancellationToken, Task> body) => CheckAsync(what, async token =>
    {
        await body(token);
        return null;
    });

    public Task CheckWithAsync(ClientModel? model, string what, Func<string, CancellationToken, Task> body) => CheckWithAsync(model, what, async (name, token) =>
    {
        await body(name, token);
        return null;
    });

    // What the body returns is added to the check's name.
    private async Task CheckAsync(string what, Func<CancellationToken, Task<string?>> body)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            var note = await body(patience.Token);
            checks.That(true, note is null ? what : $"{what} ({note})");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            checks.That(false, what, $"not done within {Patience.TotalSeconds} s");
        }
        catch (Exception exception)
        {
            checks.That(false, what, (exception is UnmetException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}").ReplaceLineEndings(" "));
        }
    }

    private Task CheckWithAsync(ClientModel? model, string what, Func<string, CancellationToken, Task<string?>> body)
    {
        if (model is null)
        {
            checks.Skip(what, "no model for it was given");
            return Task.CompletedTask;
        }

        return CheckAsync(what, token => body(model.Model, token));
    }

    /// <summary>Opens a stream, leaves it after three pieces by cancelling, and waits until the server has freed the slot.</summary>
    public Task CheckLeavingAsync(string what, Func<string, CancellationToken, IAsyncEnumerable<bool>> pieces) => CheckWithAsync(models.Slow, what, async (slow, token) =>
    {
        var before = await ActiveAsync(token);
        int? during = null;
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Expect.ThrowsAsync<OperationCanceledException>(async () =>
        {
            var count = 0;
            await foreach (var isPiece in pieces(slow, leave.Token))
            {
                if (isPiece && ++count == 3)
                {
                    during = await ActiveAsync(token);
                    await leave.CancelAsync();
                }
            }
        });
        if (before is null)
        {
            return "this server does not tell whether the slot is free";
        }

        Expect.That(during == before + 1, during);
        var start = TimeProvider.System.GetTimestamp();
        while (await ActiveAsync(token) is var active && active != before)
        {
            Expect.That(TimeProvider.System.GetElapsedTime(start) < FreedWithin, $"active is {active}", "the slot to be free");
            await Task.Delay(TimeSpan.FromMilliseconds(50), token);
        }

        return null;
    });

    private async Task<int?> ActiveAsync(CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(models.Slow!.ActiveAt, cancellationToken);
        var model = response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) : null;
        return (int?)(model?["active"] ?? model?["modelmesh"]?["active"]);
    }
}
