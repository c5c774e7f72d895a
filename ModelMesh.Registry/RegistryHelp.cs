namespace ModelMesh.Registry;

internal static class RegistryHelp
{
    public const string Text = """
        ModelMesh.Registry: the admin API for operators. Keeps the catalog of models, runs their backends, and serves gateways by gRPC.

        Settings are given in appsettings.json, as environment variables (Leases__Ttl=00:00:10) or on the command line
        (--Leases:Ttl 00:00:10); the last of these wins. Times are hh:mm:ss. A wrong value stops the start; a name that nothing reads is ignored.

          ConnectionStrings:redis   127.0.0.1:6379                the store, the same for every gateway and registry
          Listen:Http               8081                          port of the admin API; 0 takes a free one
          Listen:Grpc               9090                          port for gateways; 0 takes a free one
          Listen:Host               127.0.0.1                     address to bind; * is every address
          Instances:AdvertisedHost  bound address                 the host under which gateways reach this replica
          Leases:Ttl                10 s                          when a crashed replica's slots come back
          Plugins:Roots             artifacts/backends, backends  folders that are watched for plugins (--Plugins:Roots:0 …)
          Shutdown:Delay            0                             how long it still takes requests after a signal, while /health fails already
          Shutdown:Grace            3 s                           how long running streams may go on after that

        What a backend type's models use where they say nothing, each also as a setting:

          --openai-base-url URL     Backends:openai:Endpoint      upstream of type openai
          --openai-api-key KEY      Backends:openai:ApiKey        its key
          --ollama-base-url URL     Backends:ollama:Endpoint      upstream of type ollama
          --qwen-base-url URL       Backends:vllm:Endpoint        upstream of type vllm, which serves Qwen and all that speaks OpenAI's wire format
          --qwen-api-key KEY        Backends:vllm:ApiKey          its key

        Other types have the settings only. KEY may be a reference, env:NAME or file:/path: a key itself on the command line can be read by every user
        of the machine. A key goes to its type's default upstream only, never to one that a model names.

        --check-health URL asks a running service for its health and exits with 0 or 1: containers have no curl.

        The rest: README.md, "Configuration".
        """;
}
