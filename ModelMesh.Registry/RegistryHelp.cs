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
          Shutdown:Grace            3 s                           how long running streams may go on at shutdown

        The rest: README.md, "Configuration".
        """;
}
