using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ModelMesh.Scripts.Clients;

/// <summary>Runs a client's <c>.mjs</c> file in node. It says one line of JSON per check, which report.mjs writes.</summary>
internal static class NodeClients
{
    public static async Task RunAsync(string name, ClientModels models, Checks checks, CancellationToken cancellationToken)
    {
        if (await NodePackages.PrepareAsync(cancellationToken) is { } missing)
        {
            Console.WriteLine(name);
            checks.Skip(name, missing);
            return;
        }

        var start = new ProcessStartInfo("node", [$"{name}.mjs"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = NodePackages.Folder };
        start.Environment["CLIENTS_CHECK"] = models.ToJson();
        using var node = Process.Start(start)!;
        try
        {
            var errors = node.StandardError.ReadToEndAsync(cancellationToken);
            var ended = false;
            while (await node.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                ended |= Report(checks, line);
            }

            await node.WaitForExitAsync(cancellationToken);
            if (!ended || node.ExitCode != 0)
            {
                checks.That(false, $"{name} runs to its end", $"exit code {node.ExitCode}: {(await errors).Trim()}");
            }
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    // A client may write lines of its own to standard output, too; they are no checks.
    private static bool Report(Checks checks, string line)
    {
        JsonNode said;
        try
        {
            said = JsonNode.Parse(line)!;
        }
        catch (System.Text.Json.JsonException)
        {
            Console.WriteLine($"        {line}");
            return false;
        }

        if ((string?)said["client"] is { } client)
        {
            Console.WriteLine($"{client} (npm)");
        }
        else if ((string?)said["skipped"] is { } reason)
        {
            checks.Skip((string)said["what"]!, reason);
        }
        else if ((string?)said["what"] is { } what)
        {
            checks.That((bool)said["ok"]!, what, (string?)said["seen"]);
        }

        return (bool?)said["end"] ?? false;
    }
}
