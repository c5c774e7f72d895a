namespace ModelMesh.Gateway;

internal static class GatewayHelp
{
    public const string Text = """
        ModelMesh.Gateway: the HTTP endpoint for applications. Streams tokens from the models that registries serve,
        by its own API and by those of OpenAI, Anthropic and Ollama. /docs shows them all.

        Settings are given in appsettings.json, as environment variables (Answers__KeepAlive=00:00:15) or on the command line
        (--Answers:KeepAlive 00:00:15); the last of these wins. Times are hh:mm:ss. A wrong value stops the start; a name that nothing reads is ignored.

          ConnectionStrings:redis   127.0.0.1:6379  the store, the same for every gateway and registry
          Listen:Http               8080            port; 0 takes a free one
          Listen:Host               127.0.0.1       address to bind; * is every address
          Registry:Addresses        (none)          fixed registries instead of discovery, comma separated; also --registry-addr
          Answers:KeepAlive         15 s            a silent stream gets a comment line this often
          Limits:MaxBodyBytes       32 MiB          largest body of a request, set in bytes
          Shutdown:Delay            0               how long it still takes requests after a signal, while /health fails already
          Shutdown:Grace            3 s             how long running streams may go on after that

        --check-health URL asks a running service for its health and exits with 0 or 1: containers have no curl.

        The rest: README.md, "Configuration".
        """;
}
