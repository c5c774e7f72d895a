#:property PublishAot=false
// Checks a running mesh from outside, as an operator and an application would use it:
//   dotnet run scripts/integration_check.cs
using System.Text.Json.Nodes;
using ModelMesh.Scripts;

return await Checks.RunAsync(async () =>
{
    var options = Options.Parse("Checks a running mesh: register, stream, limit, update, delete.", args);
    using var mesh = new Mesh(options.Gateway, options.Registry);
    var checks = new Checks();
    var name = $"check-{Guid.NewGuid():N}"[..14];
    JsonObject Definition(int maxConcurrency, JsonObject? backend = null) => new()
    {
        ["name"] = name, ["version"] = "v1", ["backend_type"] = "mock", ["max_concurrency"] = maxConcurrency, ["backend"] = backend ?? [],
    };
    JsonObject Ask(string input) => new() { ["model"] = name, ["version"] = "v1", ["input"] = input };

    Console.WriteLine("Registry");
    var backends = await mesh.GetAsync("/backends");
    checks.That(backends.Body!["backends"]!.AsArray().Any(b => (string?)b!["type"] == "mock"), "GET /backends lists the mock backend", backends.Body.ToJsonString());
    var instances = await mesh.GetAsync("/instances");
    checks.That(instances.Body!["instances"]!.AsArray().Count >= 1, "GET /instances lists the registry replicas", instances.Body.ToJsonString());

    try
    {
        var created = await mesh.RegisterAsync(Definition(2));
        checks.That(created.Status == 201, "POST /models registers a model", created.Status);
        checks.That((await mesh.RegisterAsync(Definition(2))).ErrorCode == "conflict", "the same registration again is a conflict");
        var bad = await mesh.RegisterAsync(new JsonObject { ["name"] = "", ["weight"] = -1, ["colour"] = "red" });
        checks.That(bad.Status == 400 && bad.Body!["error"]!["details"]!.AsArray().Count >= 4, "a bad registration is refused with every fault listed", bad.Body?.ToJsonString());
        var read = await mesh.ReadAsync(name, "v1");
        checks.That((string?)read.Body!["status"] == "ready" && (int?)read.Body["active"] == 0, "the model reads back as ready and idle", read.Body.ToJsonString());

        Console.WriteLine("Gateway");
        using (var stream = await mesh.InferAsync(Ask("hello world")))
        {
            var (text, last, _) = await stream.ReadToEndAsync();
            checks.That(text.Contains("hello world") && last == "done", "POST /infer streams tokens and ends with done", $"{text} / {last}");
            checks.That(stream.Header("x-modelmesh-model") is not null && stream.Header("x-request-id") is not null, "headers name the model and the request");
        }

        using (var missing = await mesh.InferAsync(new JsonObject { ["model"] = name + "-no", ["input"] = "x" }))
        {
            checks.That(missing is { Status: 404, ErrorCode: "model_not_found" }, "an unknown model is 404 model_not_found", $"{missing.Status} {missing.ErrorCode}");
        }

        Console.WriteLine("Capacity");
        var slow = new JsonObject { ["tokens"] = 1000, ["token_delay_ms"] = 20 };
        var updated = await mesh.UpdateAsync(name, "v1", Definition(2, slow), ifMatch: read.Body["revision"]!.ToString());
        checks.That(updated.Status == 200, "PUT with the current revision updates the model", updated.Body?.ToJsonString());
        checks.That((await mesh.UpdateAsync(name, "v1", Definition(2, (JsonObject)slow.DeepClone()), ifMatch: "1")).ErrorCode == "precondition_failed", "PUT with an old revision is precondition_failed");
        using (var first = await mesh.InferAsync(Ask("one")))
        using (var second = await mesh.InferAsync(Ask("two")))
        using (var third = await mesh.InferAsync(Ask("three")))
        {
            checks.That(first.Status == 200 && second.Status == 200, "two streams run at max_concurrency 2");
            checks.That(third is { Status: 429, ErrorCode: "capacity_exceeded", RetryAfter: not null }, "the third is 429 capacity_exceeded with Retry-After", $"{third.Status} {third.ErrorCode}");
            checks.That((int?)(await mesh.ReadAsync(name, "v1")).Body!["active"] == 2, "active counts two");
            checks.That((await mesh.DeleteAsync(name, "v1")).Status == 409, "DELETE while streams run is refused");
        }

        var deadline = TimeProvider.System.GetTimestamp();
        int? active;
        do
        {
            active = (int?)(await mesh.ReadAsync(name, "v1")).Body!["active"];
        }
        while (active != 0 && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(2));
        checks.That(active == 0, "clients that went away give their slots back", active);
    }
    finally
    {
        var deleted = await mesh.DeleteAsync(name, "v1");
        checks.That(deleted.Status is 200 or 204, "DELETE removes the idle model", deleted.Status);
    }

    return checks.Summary();
});
