namespace ModelMesh.Cli.Tests.Fakes;

/// <summary>Answers as the services give them.</summary>
internal static class Samples
{
    public const string Model = """
        {"name":"chat","version":"v1","backend_type":"mock","mock":true,"backend":{"text":"hello","tokens":3},"max_concurrency":2,"weight":100,"shadow":false,"capabilities":["tools"],"labels":{"team":"search"},
        "adapters":[],"timeouts":{"first_token_ms":60000,"idle_ms":30000},"max_queue":0,"queue_timeout":30,"shadow_sample":100,"backends":[],"balancing":"least_in_flight","resilience":{"max_retries":2},"cost":0,
        "novelty":{"kept":true},"status":"ready","health":{"state":"healthy"},"endpoints":[{"weight":1,"state":"closed","in_flight":1,"failures":0}],"revision":7,"active":1,"queued":0,
        "created_at":"2026-11-20T05:43:39.549+00:00","updated_at":"2026-11-20T05:43:39.549+00:00"}
        """;

    public const string NotFound = """{"error":{"code":"model_not_found","message":"Model 'nope' is not registered.","type":"client_error"}}""";

    private const string RolloutText = """
        {"request_id":"r-2","model":"chat","from":"v1","to":"v2","strategy":"canary","status":"@status","message":"@message","step":@step,"traffic_split":{"v1":90,"v2":10},"figures":{"from":{"version":"v1","requests":9,"failures":0,"error_rate":0},"to":{"version":"v2","requests":1,"failures":1,"error_rate":1,"ttft_p95_ms":12.5}},"steps":[10,100],"step_duration":60,"step_timeout":3600,"max_error_rate":0.05,"min_requests":20,"drain_timeout":60,"revision":9,"created_at":"2026-11-21T05:43:39.549+00:00","updated_at":"2026-11-21T05:43:39.549+00:00"}
        """;

    public static string Models(params string[] models) => $$"""{"models":[{{string.Join(',', models)}}]}""";

    public static string Rollout(string status, string message = "Step 1 of 2.", int step = 1) =>
        RolloutText.Replace("@status", status, StringComparison.Ordinal).Replace("@message", message, StringComparison.Ordinal).Replace("@step", $"{step}", StringComparison.Ordinal);

    public static string Request(string id, string state = "streaming") => $$$"""
        {"id":"{{{id}}}","operation":"infer","model":"chat","version":"v1","revision":7,"instance":"i-1","state":"{{{state}}}","attempt":1,"priority":0,"shadow":false,"started_at":"2026-11-21T05:43:39.549+00:00","age_ms":1500,"time_to_first_token_ms":20,"tokens":12,"client":{"address":"10.0.0.7","caller":"search"}}
        """;
}
