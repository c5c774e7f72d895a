#:property PublishAot=false
// Moves a model from the mock to another backend while a stream runs on it, and shows that the stream is not interrupted:
//   dotnet run scripts/hot_update_check.cs
// The other backend is the README's plugin by default: it is dropped into the running mesh, used, and taken away again.
using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelMesh.Scripts;

return await Checks.RunAsync(async () =>
{
    var root = RepositoryRoot();
    var options = Options.Parse(
        "Hot update: mock -> another backend while a stream runs.",
        args,
        ("plugin", Path.Combine(root, "artifacts", "samples", "Shout"), "folder of a built plugin to drop into the mesh; 'none' drops nothing"),
        ("drop-into", Path.Combine(root, "backends"), "a plugin folder that the registry watches"),
        ("backend-type", "shout", "the type to move the model to"),
        ("backend", "{}", "its settings, a JSON object"));
    using var mesh = new Mesh(options.Gateway, options.Registry);
    var checks = new Checks();
    var name = $"hot-{Guid.NewGuid():N}"[..12];
    string? dropped = null;
    var isRegistered = false;
    try
    {
        // Whoever followed the README has it already.
        if (options["plugin"] != "none" && !await IsLoaded(options["backend-type"], TimeSpan.Zero))
        {
            await BuildSampleAsync(root, options["plugin"]);
            dropped = Drop(options["plugin"], options["drop-into"]);
            Console.WriteLine($"Dropped {Path.GetFileName(dropped)} into the running mesh");
        }

        checks.That(await IsLoaded(options["backend-type"], TimeSpan.FromSeconds(10)), $"GET /backends lists {options["backend-type"]} as ready");

        Console.WriteLine("A stream on the mock, then the update");
        var registered = await mesh.RegisterAsync(Definition("mock", new JsonObject { ["text"] = "one two three four five six seven eight nine ten", ["token_delay_ms"] = 150 }));
        isRegistered = registered.Status == 201;
        checks.That(isRegistered, "registered on the mock", registered.Body?.ToJsonString());
        using var old = await mesh.InferAsync(Ask());
        var reading = old.ReadToEndAsync();
        var updated = await mesh.UpdateAsync(name, "v1", Definition(options["backend-type"], JsonNode.Parse(options["backend"])!.AsObject()));
        checks.That(updated.Status == 200 && (string?)updated.Body!["backend_type"] == options["backend-type"], "PUT moved the model", updated.Body?.ToJsonString());
        checks.That(!reading.IsCompleted, "the old stream still runs after the update");

        using (var fresh = await mesh.InferAsync(Ask()))
        {
            var (text, last, data) = await fresh.ReadToEndAsync();
            checks.That(last == "done" && (string?)data!["revision"]?.ToString() == updated.Body!["revision"]!.ToString(), "a new stream runs on the new revision", data?.ToJsonString());
            Console.WriteLine($"        new stream: {text}");
        }

        var (oldText, oldLast, oldData) = await reading;
        Console.WriteLine($"        old stream: {oldText}");
        checks.That(oldLast == "done" && oldText.TrimEnd().EndsWith("ten"), "the old stream came whole, from the mock", $"{oldText} / {oldLast}");
        checks.That(oldData?["revision"]?.ToString() == registered.Body!["revision"]!.ToString(), "and wholly on the old revision", oldData?.ToJsonString());
    }
    finally
    {
        if (isRegistered)
        {
            await mesh.DeleteAsync(name, "v1", drain: true);
        }

        if (dropped is not null)
        {
            Directory.Delete(dropped, recursive: true);
        }
    }

    return checks.Summary();

    JsonObject Definition(string type, JsonObject backend) => new()
    {
        ["name"] = name, ["version"] = "v1", ["backend_type"] = type, ["max_concurrency"] = 10, ["backend"] = backend,
    };

    JsonObject Ask() => new() { ["model"] = name, ["version"] = "v1", ["input"] = "hello from the hot update check" };

    async Task<bool> IsLoaded(string type, TimeSpan patience)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var backends = (await mesh.GetAsync("/backends")).Body!["backends"]!.AsArray();
            var isReady = backends.Any(b => (string?)b!["type"] == type && (string?)b["state"] == "ready");
            if (isReady || TimeProvider.System.GetElapsedTime(start) >= patience)
            {
                return isReady;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
});

// The sample is part of the clone, and built when the solution is; a mesh alone does not need it.
static async Task BuildSampleAsync(string root, string plugin)
{
    if (Directory.Exists(plugin) || plugin != Path.Combine(root, "artifacts", "samples", "Shout"))
    {
        return;
    }

    using var build = Process.Start("dotnet", ["build", Path.Combine(root, "samples", "Shout"), "-v:q", "-nologo"]);
    await build.WaitForExitAsync();
}

static string Drop(string plugin, string into)
{
    if (!Directory.Exists(plugin))
    {
        throw new ScriptException($"{plugin} is not there");
    }

    var target = Path.Combine(into, Path.GetFileName(Path.TrimEndingDirectorySeparator(plugin)));
    if (Directory.Exists(target))
    {
        throw new ScriptException($"{target} exists already; remove it, or use --plugin none");
    }

    Directory.CreateDirectory(target);
    foreach (var file in Directory.EnumerateFiles(plugin))
    {
        File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    return target;
}

static string RepositoryRoot()
{
    for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "ModelMesh.sln")))
        {
            return folder.FullName;
        }
    }

    return Environment.CurrentDirectory;
}
